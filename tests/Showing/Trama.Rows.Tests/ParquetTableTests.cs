using CsCheck;
using Parquet;
using Trama.Rows.Tables;

namespace Trama.Rows.Tests;

/// <summary>What is written as Parquet, another maker's reader reads back.</summary>
public class ParquetTableTests
{
    private static readonly RowTable<(long? Number, bool? Flag, string? Text)> s_table =
        new RowTable<(long? Number, bool? Flag, string? Text)>("any")
            .Number("number", row => row.Number).Flag("flag", row => row.Flag).Text("text", row => row.Text);

    private static readonly Gen<long> s_number = Gen.OneOf(
        Gen.Long, Gen.Long[-3, 3], OneOf(long.MinValue, long.MaxValue, 0, 1, -1, 1L << 62));

    private static readonly Gen<string> s_text = Gen.OneOf(
        OneOf("a", "b", "=1", "olá", "\u20ac"), Gen.String[Gen.Char.AlphaNumeric, 1, 40]);

    [Fact]
    public Task Any_rows_are_read_back() =>
        Gen.Select(s_number.Nullable(), Gen.Bool.Nullable(), s_text.Null()).Array[0, 700].SampleAsync(
            async rows => Assert.Equal(rows, await ReadBackAsync(rows)), iter: 300);

    [Theory, InlineData(1), InlineData(7), InlineData(8), InlineData(9), InlineData(32), InlineData(33), InlineData(129), InlineData(4097)]
    public async Task Rows_that_repeat_and_rows_that_do_not_are_read_back(int period)
    {
        (long?, bool?, string?)[] rows = [.. Enumerable.Range(0, 9000).Select(i => (
            i % period == 0 ? null : (long?)i / period, (bool?)(i / period % 2 == 0), (string?)$"text {i / period}"))];
        Assert.Equal(rows, await ReadBackAsync(rows));
    }

    [Fact]
    public async Task More_rows_than_a_group_has_are_read_back()
    {
        (long?, bool?, string?)[] rows = [.. Enumerable.Range(0, 300_000).Select(i => (
            (long?)(i * 1_000_003L), (bool?)(i % 3 == 0), (string?)$"GET /{i % 1000}"))];
        Assert.Equal(rows, await ReadBackAsync(rows));
    }

    [Fact]
    public async Task Long_texts_end_a_row_group_early()
    {
        var file = new MemoryStream();
        using TableOutput output = RowFormat.Parquet.Begin(file, s_table);
        for (int i = 0; i < 20_000; i++) s_table.Write((i, null, new string((char)('a' + (i % 26)), 2000) + i), output);
        output.Complete("");
        file.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(
            file, leaveStreamOpen: true, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(reader.RowGroupCount > 1);
        Assert.Equal(20_000, (await ParquetRows.ReadAsync(file)).Count);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task<(long?, bool?, string?)[]> ReadBackAsync((long?, bool?, string?)[] rows)
    {
        var file = new MemoryStream();
        using TableOutput output = RowFormat.Parquet.Begin(file, s_table);
        foreach ((long?, bool?, string?) row in rows) s_table.Write(row, output);
        output.Complete("");
        file.Position = 0;
        return [.. (await ParquetRows.ReadAsync(file)).Select(row => ((long?)row["number"], (bool?)row["flag"], (string?)row["text"]))];
    }
}
