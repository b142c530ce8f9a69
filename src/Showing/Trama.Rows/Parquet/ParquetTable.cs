using System.Buffers;
using System.Buffers.Binary;
using Trama.Rows.Tables;
using ZstdSharp;

namespace Trama.Rows.Parquet;

/// <summary>
/// Writes a table as a Parquet file (https://parquet.apache.org/docs/file-format/): row groups of at most 65,536 rows, each column a
/// page compressed with zstd. What is held is one row group that fills, one that is written meanwhile by another thread, and some
/// kilobytes of each one before.
/// </summary>
internal sealed class ParquetTable : TableOutput
{
    private const int GroupRows = 1 << 16;
    private const int GroupTextBytes = 16 << 20;
    private const int FastestLevel = 1;

    private readonly Stream _output;
    private readonly TableSchema _schema;
    private readonly List<ColumnChunk[]> _groups = [];
    private readonly Compressor _zstd = new(FastestLevel);
    private readonly ArrayBufferWriter<byte> _page = new();
    private readonly ArrayBufferWriter<byte> _header = new();
    private byte[] _compressed = [];
    private ColumnBuffer[] _columns, _others;
    private Task _writing = Task.CompletedTask;
    private int _column;
    private long _position;

    /// <summary>Begins a file.</summary>
    public ParquetTable(Stream output, TableSchema schema)
    {
        (_output, _schema) = (output, schema);
        _columns = [.. schema.Columns.Select(column => ColumnBuffer.For(column.Kind))];
        _others = [.. schema.Columns.Select(column => ColumnBuffer.For(column.Kind))];
        Write(FormatNumbers.Magic);
    }

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        var column = (NumberBuffer)_columns[_column++];
        if (value is { } known) column.Add(known);
        else column.AddAbsent();
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        var column = (FlagBuffer)_columns[_column++];
        if (value is { } known) column.Add(known);
        else column.AddAbsent();
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8)
    {
        var column = (TextBuffer)_columns[_column++];
        if (utf8.IsEmpty) column.AddAbsent();
        else column.Add(utf8);
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
        _column = 0;
        if (_columns[0].Rows % 1024 == 0 && (_columns[0].Rows >= GroupRows || TextBytes() >= GroupTextBytes)) EndGroup();
    }

    /// <inheritdoc/>
    public override void Complete(string capture)
    {
        if (_columns[0].Rows > 0) EndGroup();
        _writing.GetAwaiter().GetResult();
        _page.ResetWrittenCount();
        ParquetFooter.Write(_page, _schema, capture, _groups);
        int length = _page.WrittenCount;
        BinaryPrimitives.WriteInt32LittleEndian(_page.GetSpan(sizeof(int)), length);
        _page.Advance(sizeof(int));
        _page.Write(FormatNumbers.Magic);
        Write(_page.WrittenSpan);
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // What went wrong there was told, or something else was.
        _writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _zstd.Dispose();
        _output.Dispose();
    }

    private int TextBytes()
    {
        int bytes = 0;
        foreach (ColumnBuffer column in _columns)
            if (column is TextBuffer text) bytes += text.Bytes;
        return bytes;
    }

    private void EndGroup()
    {
        _writing.GetAwaiter().GetResult();
        (_columns, _others) = (_others, _columns);
        ColumnBuffer[] full = _others;
        _writing = Task.Run(() => _groups.Add([.. full.Select(WriteColumn)]));
    }

    private ColumnChunk WriteColumn(ColumnBuffer column)
    {
        long start = _position, uncompressed = 0;
        long? dictionary = null;
        if (column.DictionaryValues > 0)
        {
            dictionary = start;
            _page.ResetWrittenCount();
            column.WriteDictionary(_page);
            uncompressed += WritePage(column, isDictionary: true);
        }

        long data = _position;
        _page.ResetWrittenCount();
        column.WritePage(_page);
        BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.MemoryMarshal.AsMemory(_page.WrittenMemory).Span,
            column.LevelsLength);
        uncompressed += WritePage(column, isDictionary: false);
        var chunk = new ColumnChunk(column.Type, column.Encoding)
        {
            Rows = column.Rows,
            Absent = column.Absent,
            Bounds = column.Bounds,
            DataAt = data,
            DictionaryAt = dictionary,
            UncompressedBytes = uncompressed,
            Bytes = _position - start,
        };
        column.Clear();
        return chunk;
    }

    private int WritePage(ColumnBuffer column, bool isDictionary)
    {
        ReadOnlySpan<byte> page = _page.WrittenSpan;
        int bound = Compressor.GetCompressBound(page.Length);
        if (_compressed.Length < bound) _compressed = new byte[bound];
        ReadOnlySpan<byte> compressed = _compressed.AsSpan(0, _zstd.Wrap(page, _compressed));
        _header.ResetWrittenCount();
        var thrift = new ThriftWriter(_header);
        thrift.Begin();
        thrift.Int(1, isDictionary ? FormatNumbers.DictionaryPage : FormatNumbers.DataPage);
        thrift.Int(2, page.Length);
        thrift.Int(3, compressed.Length);
        thrift.Begin(isDictionary ? 7 : 5);
        thrift.Int(1, isDictionary ? column.DictionaryValues : column.Rows);
        thrift.Int(2, isDictionary ? FormatNumbers.Plain : column.Encoding);
        if (!isDictionary)
        {
            thrift.Int(3, FormatNumbers.Runs);
            thrift.Int(4, FormatNumbers.Runs);
        }

        thrift.End();
        thrift.End();
        Write(_header.WrittenSpan);
        Write(compressed);
        return _header.WrittenCount + page.Length;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _position += bytes.Length;
    }
}
