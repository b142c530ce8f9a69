using System.Buffers;
using System.Text;
using System.Text.Json;
using Trama.Fleet.Sending;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Fleet.Asking;

/// <summary>
/// A sensor's answer to a <see cref="RowQuestion"/>, in pieces of which the first byte says what they are: rows (a <see
/// cref="FleetMessage"/>), a note for whoever asked (text), and its end, without which it is not whole.
/// </summary>
public static class RowAnswer
{
    /// <summary>How long a note is at most, in bytes.</summary>
    public const int MaxNote = 1024;

    private const byte RowsMark = (byte)'R', NoteMark = (byte)'N', EndMark = (byte)'E';

    private static readonly FleetTable s_exchanges = FleetTable.Of(FleetKind.Exchanges)!;

    /// <summary>The piece that ends an answer.</summary>
    public static byte[] End => [EndMark];

    /// <summary>A piece with a note.</summary>
    public static byte[] Note(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [NoteMark, .. bytes.AsSpan(0, Math.Min(bytes.Length, MaxNote))];
    }

    /// <summary>The pieces with rows.</summary>
    /// <param name="rows">The rows: JSON objects whose names are those of columns; names that are none are passed over.</param>
    public static IEnumerable<byte[]> Rows(IEnumerable<JsonElement> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Pieces(rows);
    }

    /// <summary>Reads a piece; false when it is none.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="rows">Its rows; null when it has none.</param>
    /// <param name="note">Its note; null when it is none.</param>
    /// <param name="isEnd">Whether it ends the answer.</param>
    public static bool TryRead(ReadOnlyMemory<byte> piece, out FleetMessage? rows, out string? note, out bool isEnd)
    {
        (rows, note, isEnd) = (null, null, false);
        switch (piece.Span)
        {
            case [EndMark]:
                isEnd = true;
                return true;
            case [NoteMark, .. { Length: <= MaxNote } text]:
                note = Encoding.UTF8.GetString(text);
                return true;
            case [RowsMark, ..] when FleetMessage.TryRead(piece[1..], out FleetMessage read) && read.Kind == FleetKind.Exchanges:
                rows = read;
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<byte[]> Pieces(IEnumerable<JsonElement> rows)
    {
        long incarnation = Random.Shared.NextInt64();
        var filling = new ArrayBufferWriter<byte>();
        ReadOnlyMemory<byte> latest = default;
        var table = new JournalTable(0, row => latest = row.ToArray());
        long count = 0, sequence = 0;
        foreach (JsonElement row in rows)
        {
            foreach (Column column in s_exchanges.Columns) Add(table, column, row);
            table.EndRow();
            if (filling.WrittenCount + latest.Length > FleetMessage.MaxRowBytes && count > 0) yield return Sealed();
            if (latest.Length > FleetMessage.MaxRowBytes) continue;
            filling.Write(latest.Span);
            count++;
        }

        if (count > 0) yield return Sealed();

        byte[] Sealed()
        {
            byte[] message = new FleetMessage(incarnation, 0, ++sequence, FleetKind.Exchanges, count,
                FleetMessage.BodyOf(s_exchanges, filling.WrittenSpan)).ToBytes();
            filling.ResetWrittenCount();
            count = 0;
            return [RowsMark, .. message];
        }
    }

    private static void Add(JournalTable table, Column column, JsonElement row)
    {
        JsonElement value = row.TryGetProperty(column.Name, out JsonElement found) ? found : default;
        switch (column.Kind)
        {
            case ColumnKind.Text:
                table.AddName(value.ValueKind == JsonValueKind.String ? value.GetString() : null);
                break;
            case ColumnKind.Flag:
                table.Add(value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null);
                break;
            default:
                table.Add(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : (long?)null);
                break;
        }
    }
}
