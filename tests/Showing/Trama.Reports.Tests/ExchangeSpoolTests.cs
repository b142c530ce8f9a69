using System.Text;
using Trama.Reports.Json;

namespace Trama.Reports.Tests;

public class ExchangeSpoolTests
{
    [Theory]
    [InlineData(0, 300)]
    [InlineData(1000, 300)]
    [InlineData(1000, 100_000)]
    [InlineData(long.MaxValue, 300)]
    public void Each_connection_gets_its_own_exchanges_in_order_however_many_fit_into_memory(long mostInMemory, int longest)
    {
        var expected = new Dictionary<long, List<string>>();
        using var spool = new ExchangeSpool(mostInMemory);
        var random = new Random(4);
        for (int i = 0; i < 500; i++)
        {
            long connection = random.Next(1, 8);
            string exchange = new((char)('a' + random.Next(26)), random.Next(1, longest));
            spool.Add(connection, Encoding.ASCII.GetBytes(exchange));
            if (!expected.TryGetValue(connection, out List<string>? all)) expected[connection] = all = [];
            all.Add(exchange);
            // Some end while others go on, and may begin anew.
            if (random.Next(50) == 0) Check(spool, connection, expected);
        }

        foreach (long connection in expected.Keys.ToArray()) Check(spool, connection, expected);
        Assert.Equal("", Taken(spool, 99));
    }

    [Fact]
    public void A_full_disk_is_told_as_such_and_giving_up_then_tells_nothing_more()
    {
        using var file = new SpoolFile(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 64 * 1024));
        file.Write(new byte[1000]);
        SpoolException full = Assert.Throws<SpoolException>(() => file.Write(new byte[100_000]));
        Assert.Contains("No space left", full.Message, StringComparison.Ordinal);
        Assert.Equal(Path.GetTempPath(), full.Folder);
    }

    private static void Check(ExchangeSpool spool, long connection, Dictionary<long, List<string>> expected)
    {
        expected.Remove(connection, out List<string>? all);
        Assert.Equal(string.Join(",", all!), Taken(spool, connection));
    }

    private static string Taken(ExchangeSpool spool, long connection)
    {
        using var output = new SpillStream();
        IReadOnlyList<ExchangeSpool.Piece> first = spool.MoveTo(output, connection);
        using var bytes = new MemoryStream();
        spool.CopyTo(bytes, first);
        long length = output.Length;
        output.Rewind();
        output.CopyTo(bytes, length);
        return Encoding.ASCII.GetString(bytes.ToArray());
    }
}
