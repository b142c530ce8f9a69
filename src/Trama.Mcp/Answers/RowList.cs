using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trama.Mcp.Answers;

/// <summary>A list of JSON objects: of the rows that come, those that are asked for and fit into the answer.</summary>
internal sealed class RowList(RowWindow window) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly MemoryStream _rows = new();
    private Utf8JsonWriter? _writer;

    /// <summary>How JSON is written here: no part of a page, so only what JSON itself demands is escaped. What was said by others is made
    /// visible before.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Takes the members of the row at hand.</summary>
    public Utf8JsonWriter Writer => _writer ??= new Utf8JsonWriter(_row, Options);

    /// <summary>How many rows came.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them are in the list.</summary>
    public int Shown { get; private set; }

    /// <summary>Whether the answer has no room for the next one.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Which rows are asked for.</summary>
    public RowWindow Window => window;

    /// <summary>Whether more rows come than are in the list.</summary>
    public bool IsCut => Count > Math.Max(window.First - 1, 0) + Shown;

    /// <summary>A row begins.</summary>
    /// <returns>Whether it is wanted; else nothing is written of it, and it is not ended.</returns>
    public bool Begin()
    {
        Count++;
        if (Count < window.First || Shown == window.Most || IsFull) return false;
        _row.Clear();
        Writer.Reset();
        Writer.WriteStartObject();
        return true;
    }

    /// <summary>The row at hand is complete.</summary>
    public void End()
    {
        Writer.WriteEndObject();
        Writer.Flush();
        if (_rows.Length + _row.WrittenCount > Limits.AnswerBytes)
        {
            IsFull = true;
            return;
        }

        _rows.Write(Shown++ == 0 ? "["u8 : ","u8);
        _rows.Write(_row.WrittenSpan);
    }

    /// <summary>The list as JSON.</summary>
    public ReadOnlySpan<byte> ToArray()
    {
        _rows.Write(Shown == 0 ? "[]"u8 : "]"u8);
        return _rows.GetBuffer().AsSpan(0, (int)_rows.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _rows.Dispose();
    }
}
