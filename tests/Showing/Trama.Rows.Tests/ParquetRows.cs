using Parquet;
using Parquet.Schema;

namespace Trama.Tests;

/// <summary>A Parquet file as another maker's reader (Parquet.Net) reads it: rows of values by the names of their columns.</summary>
internal static class ParquetRows
{
    /// <summary>Reads all rows; numbers are <see cref="long"/>, flags <see cref="bool"/>, texts <see cref="string"/>, else null.</summary>
    public static async Task<List<Dictionary<string, object?>>> ReadAsync(Stream file)
    {
        var rows = new List<Dictionary<string, object?>>();
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader values = reader.OpenRowGroupReader(group);
            int first = rows.Count, count = (int)values.RowCount;
            for (int i = 0; i < count; i++) rows.Add([]);
            foreach (DataField field in reader.Schema.GetDataFields())
            {
                object?[] column = await ColumnAsync(values, field, count);
                for (int i = 0; i < count; i++) rows[first + i][field.Name] = column[i];
            }
        }

        return rows;
    }

    private static async Task<object?[]> ColumnAsync(ParquetRowGroupReader values, DataField field, int count)
    {
        if (field.ClrType == typeof(long))
        {
            var numbers = new long?[count];
            await values.ReadAsync<long>(field, numbers.AsMemory());
            return [.. numbers.Select(value => (object?)value)];
        }

        if (field.ClrType == typeof(bool))
        {
            var flags = new bool?[count];
            await values.ReadAsync<bool>(field, flags.AsMemory());
            return [.. flags.Select(value => (object?)value)];
        }

        Assert.Equal(typeof(ReadOnlyMemory<char>), field.ClrType);
        var texts = new string?[count];
        await values.ReadAsync(field, texts.AsMemory());
        return texts;
    }
}
