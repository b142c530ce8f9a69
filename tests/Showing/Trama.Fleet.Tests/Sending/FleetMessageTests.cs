using CsCheck;
using Trama.Fleet.Sending;
using Trama.Rows.Journals;

namespace Trama.Fleet.Tests.Sending;

public class FleetMessageTests
{
    [Fact]
    public void Rows_come_out_as_they_went_in()
    {
        byte[] body = FleetMessage.BodyOf(FleetTable.Gaps, GapRows(3));
        byte[] bytes = new FleetMessage(-7, 5, 42, FleetKind.Gaps, 3, body).ToBytes();
        Assert.True(FleetMessage.TryRead(bytes, out FleetMessage read));
        Assert.Equal((-7L, 5, 42L, FleetKind.Gaps, 3L), (read.Incarnation, read.Partition, read.Sequence, read.Kind, read.Rows));
        var rows = new List<(string, long?, string)>();
        Assert.Equal(JournalEnd.Whole, ReadRow.Each(read.Journal()!, (table, row) =>
            rows.Add((table.Name, row.Number("rows"), row.Text("kind")))));
        Assert.Equal([("gaps", 0L, "tickets"), ("gaps", 1L, "tickets"), ("gaps", 2L, "tickets")], rows);
    }

    [Fact]
    public void Whatever_bytes_come_reading_ends_without_an_exception()
    {
        byte[] good = new FleetMessage(1, 1, 1, FleetKind.Gaps, 3, FleetMessage.BodyOf(FleetTable.Gaps, GapRows(3))).ToBytes();
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((at, value, length) =>
        {
            byte[] bad = [.. good];
            bad[at] = value;
            if (FleetMessage.TryRead(bad.AsMemory(0, length), out FleetMessage read) && read.Journal() is { } journal)
                ReadRow.Each(journal, (_, _) => { });
        });
    }

    internal static byte[] GapRows(int count)
    {
        var rows = new MemoryStream();
        var table = new JournalTable(0, row => rows.Write(row.Span));
        for (int i = 0; i < count; i++)
        {
            table.Add(100);
            table.Add(200);
            table.AddName("tickets");
            table.Add(i);
            table.EndRow();
        }

        return rows.ToArray();
    }
}
