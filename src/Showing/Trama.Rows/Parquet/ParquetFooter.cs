using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Trama.Rows.Tables;

namespace Trama.Rows.Parquet;

/// <summary>Writes the footer of a Parquet file: the schema, where the columns of each row group are, and of which table it is.</summary>
internal static class ParquetFooter
{
    // The version of the format that pages of the first kind have.
    private const int FormatVersion = 1;

    /// <summary>Writes it.</summary>
    public static void Write(IBufferWriter<byte> output, TableSchema schema, string capture, IReadOnlyList<ColumnChunk[]> groups)
    {
        var thrift = new ThriftWriter(output);
        byte[][] names = [.. schema.Columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
        thrift.Begin();
        thrift.Int(1, FormatVersion);
        thrift.Structures(2, names.Length + 1);
        thrift.Begin();
        thrift.Bytes(4, Encoding.UTF8.GetBytes(schema.Name));
        thrift.Int(5, names.Length);
        thrift.End();
        for (int i = 0; i < names.Length; i++) Column(thrift, schema.Columns[i].Kind, names[i]);
        thrift.Long(3, groups.Sum(group => (long)group[0].Rows));
        thrift.Structures(4, groups.Count);
        for (int i = 0; i < groups.Count; i++) Group(thrift, groups[i], names, i);
        thrift.Structures(5, 3);
        Said(thrift, RowSchema.TableKey, schema.Name);
        Said(thrift, RowSchema.VersionKey, RowSchema.Version.ToString(CultureInfo.InvariantCulture));
        Said(thrift, RowSchema.CaptureKey, capture);
        thrift.Bytes(6, "trama"u8);
        thrift.End();
    }

    private static void Column(ThriftWriter thrift, ColumnKind kind, ReadOnlySpan<byte> name)
    {
        thrift.Begin();
        thrift.Int(1, kind switch
        {
            ColumnKind.Number => FormatNumbers.Int64,
            ColumnKind.Flag => FormatNumbers.Boolean,
            _ => FormatNumbers.ByteArray,
        });
        thrift.Int(3, FormatNumbers.Optional);
        thrift.Bytes(4, name);
        if (kind == ColumnKind.Text)
        {
            thrift.Int(6, FormatNumbers.ConvertedText);
            // The logical type, of which the first alternative is text.
            thrift.Begin(10);
            thrift.Begin(1);
            thrift.End();
            thrift.End();
        }

        thrift.End();
    }

    private static void Group(ThriftWriter thrift, ColumnChunk[] chunks, byte[][] names, int number)
    {
        thrift.Begin();
        thrift.Structures(1, chunks.Length);
        for (int i = 0; i < chunks.Length; i++) Chunk(thrift, chunks[i], names[i]);
        thrift.Long(2, chunks.Sum(chunk => chunk.UncompressedBytes));
        thrift.Long(3, chunks[0].Rows);
        thrift.Long(5, chunks[0].DictionaryAt ?? chunks[0].DataAt);
        thrift.Long(6, chunks.Sum(chunk => chunk.Bytes));
        // It has room for 32,768 row groups, and need not be there.
        if (number <= short.MaxValue) thrift.Short(7, (short)number);
        thrift.End();
    }

    private static void Chunk(ThriftWriter thrift, ColumnChunk chunk, ReadOnlySpan<byte> name)
    {
        thrift.Begin();
        thrift.Long(2, chunk.DictionaryAt ?? chunk.DataAt);
        thrift.Begin(3);
        thrift.Int(1, chunk.Type);
        thrift.Ints(2, chunk.DictionaryAt is null
            ? [FormatNumbers.Runs, chunk.Encoding] : [FormatNumbers.Plain, FormatNumbers.Runs, chunk.Encoding]);
        thrift.OneText(3, name);
        thrift.Int(4, FormatNumbers.Zstd);
        thrift.Long(5, chunk.Rows);
        thrift.Long(6, chunk.UncompressedBytes);
        thrift.Long(7, chunk.Bytes);
        thrift.Long(9, chunk.DataAt);
        if (chunk.DictionaryAt is { } dictionary) thrift.Long(11, dictionary);
        thrift.Begin(12);
        thrift.Long(3, chunk.Absent);
        if (chunk.Bounds is { } bounds)
        {
            Bound(thrift, 5, bounds.Largest);
            Bound(thrift, 6, bounds.Least);
            thrift.True(7);
            thrift.True(8);
        }

        thrift.End();
        thrift.End();
        thrift.End();
    }

    private static void Bound(ThriftWriter thrift, int field, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        thrift.Bytes(field, bytes);
    }

    private static void Said(ThriftWriter thrift, string key, string value)
    {
        thrift.Begin();
        thrift.Bytes(1, Encoding.UTF8.GetBytes(key));
        thrift.Bytes(2, Encoding.UTF8.GetBytes(value));
        thrift.End();
    }
}
