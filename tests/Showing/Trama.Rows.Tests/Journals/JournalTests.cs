using System.Buffers;
using System.Text;
using CsCheck;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Rows.Tests.Journals;

/// <summary>What was written into a journal is read from it; of one that was cut or damaged, all that is whole.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-test-").FullName;

    private static readonly Gen<object?> s_value = Gen.OneOf(
        Gen.Const((object?)null), Gen.Long.Select(value => (object?)value), Gen.Bool.Select(value => (object?)value),
        Gen.String[Gen.Char.AlphaNumeric, 1, 40].Select(value => (object?)value));

    private static readonly Gen<(int Table, object?[] Values)[]> s_rows =
        Gen.Select(Gen.Int[0, RowSchema.Tables.Count - 1], s_value.Array[80]).Array[1, 60];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_come_back() => s_rows.Sample(rows =>
    {
        (byte[] file, _) = Write(rows, perFrame: 7);
        (string read, JournalEnd end) = Read(file);
        Assert.Equal((Text(rows), JournalEnd.Whole), (read, end));
    }, iter: 200);

    [Fact]
    public void Cut_anywhere_whole_frames_come_back() => Gen.Select(s_rows, Gen.Double.Unit).Sample((rows, where) =>
    {
        (byte[] file, List<long> ends) = Write(rows, perFrame: 5);
        int cut = (int)(where * file.Length);
        int frames = ends.Count(end => end <= cut);
        (string read, JournalEnd end) = Read(file[..cut]);
        if (frames == 0) Assert.Equal(JournalEnd.Damaged, end);
        else Assert.Equal((Text([.. rows.Take((frames - 1) * 5)]), ends.Contains(cut) ? JournalEnd.Whole : JournalEnd.Cut), (read, end));
    }, iter: 300);

    [Fact]
    public void A_changed_bit_takes_the_frame_that_has_it_and_no_other() => Gen.Select(s_rows, Gen.Double.Unit, Gen.Int[0, 7]).Sample(
        (rows, where, bit) =>
        {
            (byte[] file, List<long> ends) = Write(rows, perFrame: 5);
            int at = Math.Min(file.Length - 1, (int)(where * file.Length));
            file[at] ^= (byte)(1 << bit);
            int frames = ends.Count(end => end <= at);
            // Without its first frame nobody knows what it is; a last one that is not right may have been cut.
            (int Table, object?[] Values)[] left = frames == 0 ? [] : [.. rows.Take((frames - 1) * 5), .. rows.Skip(frames * 5)];
            Assert.Equal((Text(left), frames > 0 && frames == ends.Count - 1 ? JournalEnd.Cut : JournalEnd.Damaged), Read(file));
        }, iter: 300);

    [Fact]
    public void Anything_at_all_is_read_without_harm() => Gen.Byte.Array[0, 4096].Sample(bytes => { Read(bytes); }, iter: 500);

    [Fact]
    public void Rows_that_are_no_rows_are_damage()
    {
        string path = Path.Combine(_folder, "journal");
        using (var file = new FrameFile(path))
        {
            var header = new ArrayBufferWriter<byte>();
            JournalHeader.Write(header, RowSchema.Tables);
            file.Append(header.WrittenMemory);
            file.Append(new byte[] { 200, 1, 2, 3 });
        }

        Assert.Equal(("", JournalEnd.Damaged), Read(File.ReadAllBytes(path)));
    }

    [Fact]
    public void A_newer_version_is_told_and_not_read()
    {
        var content = new ArrayBufferWriter<byte>();
        content.Write("trama rows\n"u8);
        content.WriteVariable(RowSchema.Version + 1);
        string path = Path.Combine(_folder, "journal");
        using (var file = new FrameFile(path)) file.Append(content.WrittenMemory);
        Assert.Equal(("", JournalEnd.Newer), Read(File.ReadAllBytes(path)));
    }

    [Fact]
    public void Columns_are_found_by_name_and_kind()
    {
        var written = new RowTable<int>("some").Number("kept", row => row).Text("gone", row => $"gone {row}").Flag("changed", _ => true);
        var wanted = new RowTable<int>("some").Text("new", _ => "").Number("changed", row => row).Number("kept", row => row);
        string path = Path.Combine(_folder, "journal");
        using (var file = new FrameFile(path))
        {
            var header = new ArrayBufferWriter<byte>();
            JournalHeader.Write(header, [written]);
            file.Append(header.WrittenMemory);
            using var table = new JournalTable(0, file.Append);
            for (int row = 1; row <= 3; row++) written.Write(row, table);
        }

        var text = new MemoryStream();
        using (TableOutput output = RowFormat.Csv.Begin(text, wanted))
        {
            Assert.Equal(JournalEnd.Whole, Journal.Read(File.OpenRead(path), _ => (wanted, output)));
            output.Complete("");
        }

        Assert.Equal("new,changed,kept\r\n,,1\r\n,,2\r\n,,3\r\n", Encoding.UTF8.GetString(text.ToArray()));
    }

    private (byte[] File, List<long> Ends) Write((int Table, object?[] Values)[] rows, int perFrame)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        var ends = new List<long>();
        using (var file = new FrameFile(path))
        {
            var frame = new ArrayBufferWriter<byte>();
            JournalHeader.Write(frame, RowSchema.Tables);
            Append();
            JournalTable[] tables = [.. Enumerable.Range(0, RowSchema.Tables.Count)
                .Select(table => new JournalTable(table, row => frame.Write(row.Span)))];
            for (int i = 0; i < rows.Length; i++)
            {
                Put(rows[i].Values, RowSchema.Tables[rows[i].Table], tables[rows[i].Table]);
                if ((i + 1) % perFrame == 0) Append();
            }

            if (frame.WrittenCount > 0) Append();
            file.Keep();

            void Append()
            {
                file.Append(frame.WrittenMemory);
                frame.ResetWrittenCount();
                ends.Add(file.Length);
            }
        }

        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return (bytes, ends);
    }

    private static string Text((int Table, object?[] Values)[] rows)
    {
        var text = new StringBuilder();
        for (int table = 0; table < RowSchema.Tables.Count; table++)
        {
            var file = new MemoryStream();
            using TableOutput output = RowFormat.Csv.Begin(file, RowSchema.Tables[table]);
            foreach ((_, object?[] values) in rows.Where(row => row.Table == table)) Put(values, RowSchema.Tables[table], output);
            output.Complete("");
            if (rows.Any(row => row.Table == table)) text.Append(Encoding.UTF8.GetString(file.ToArray()));
        }

        return text.ToString();
    }

    private static (string Text, JournalEnd End) Read(byte[] bytes)
    {
        var tables = RowSchema.Tables.Select(schema => (Schema: schema, File: new MemoryStream())).ToArray();
        TableOutput[] outputs = [.. tables.Select(table => RowFormat.Csv.Begin(table.File, table.Schema))];
        JournalEnd end = Journal.Read(new MemoryStream(bytes), name =>
            Array.FindIndex(tables, table => table.Schema.Name == name) is >= 0 and var at ? (tables[at].Schema, outputs[at]) : null);
        foreach (TableOutput output in outputs) output.Complete("");
        // A table without rows is its line of names.
        return (string.Concat(tables.Select(table => Encoding.UTF8.GetString(table.File.ToArray()))
            .Where(text => text.AsSpan().Count('\n') > 1)), end);
    }

    private static void Put(object?[] values, TableSchema schema, TableOutput output)
    {
        for (int i = 0; i < schema.Columns.Count; i++)
        {
            object? value = values[i % values.Length];
            switch (schema.Columns[i].Kind)
            {
                case ColumnKind.Number: output.Add(value as long?); break;
                case ColumnKind.Flag: output.Add(value as bool?); break;
                default: output.AddName(value as string); break;
            }
        }

        output.EndRow();
    }
}
