using System.Buffers;
using System.Text;
using Trama.Framing;
using Trama.Packets.Transport;

namespace Trama.Reports.Text;

/// <summary>
/// Bytes of text on their way to a stream, written in large pieces. Text from peers goes through <see cref="VisibleText"/>.
/// </summary>
/// <param name="output">Where the text goes.</param>
internal sealed class Utf8Buffer(Stream output)
{
    private const int FlushAt = 32 * 1024;

    // Printable ASCII without the backslash needs no spelling out, and takes one column a byte.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7f - 0x20).Select(value => (byte)value).Where(value => value != '\\')]);

    private byte[] _bytes = new byte[FlushAt * 2];
    private int _length;

    /// <summary>Appends bytes as they are.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Appends one ASCII character.</summary>
    public void Add(char ascii)
    {
        Room(1)[0] = (byte)ascii;
        _length++;
    }

    /// <summary>Appends a string as it is.</summary>
    public void Add(string text) => _length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));

    /// <summary>Appends a number, at least <paramref name="width"/> columns wide; the columns used are returned.</summary>
    public int Add(long number, int width = 0)
    {
        if (width == 0)
        {
            int used = DecimalText.Write(number, Room(DecimalText.MaxLength));
            _length += used;
            return used;
        }

        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        int length = DecimalText.Write(number, digits);
        Spaces(width - length);
        Add(digits[..length]);
        return Math.Max(length, width);
    }

    /// <summary>
    /// Appends a duration in nanoseconds, aligned to the right in <paramref name="width"/> columns; a hyphen when it is not known.
    /// </summary>
    public void AddDuration(long? nanoseconds, int width, ReadOnlySpan<byte> colour, TextOptions options)
    {
        (Language language, bool ascii) = (options.Language, options.Ascii);
        if (width == 0 && colour.IsEmpty)
        {
            if (nanoseconds is { } plain) _length += DurationText.Write(plain, language, ascii, Room(DurationText.MaxLength));
            else Add('-');
            return;
        }

        Span<byte> text = stackalloc byte[DurationText.MaxLength];
        text[0] = (byte)'-';
        int length = nanoseconds is { } known ? DurationText.Write(known, language, ascii, text) : 1;
        // The micro sign takes two bytes and one column.
        Spaces(width - length + (text[..length].Contains((byte)0xc2) ? 1 : 0));
        Add(colour);
        Add(text[..length]);
    }

    /// <summary>Appends an endpoint; its columns are returned.</summary>
    public int Add(in Endpoint endpoint)
    {
        int length = EndpointText.Write(endpoint, Room(EndpointText.MaxLength));
        _length += length;
        return length;
    }

    /// <summary>Appends bytes of a peer, visible, in at most <paramref name="columns"/>; the columns used are returned.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="columns">The most columns.</param>
    /// <param name="ascii">Whether only ASCII characters are written.</param>
    /// <param name="areWords">Whether they are words in any case, and never shown in hexadecimal.</param>
    public int AddVisible(ReadOnlySpan<byte> bytes, int columns, bool ascii, bool areWords)
    {
        if (bytes.Length <= columns && !bytes.ContainsAnyExcept(Plain))
        {
            Add(bytes);
            return bytes.Length;
        }

        if (columns > 3 && bytes.Length > columns && !bytes[..columns].ContainsAnyExcept(Plain))
        {
            ReadOnlySpan<byte> ellipsis = ascii ? "..."u8 : "…"u8;
            int kept = Math.Max(0, columns - (ascii ? 3 : 1));
            Add(bytes[..kept]);
            Add(ellipsis);
            return columns;
        }

        // Each column shows at most four bytes of UTF-8.
        string text = !areWords && VisibleText.IsBinary(bytes)
            ? HexText.Of(bytes, columns)
            : VisibleText.Of(bytes[..(int)Math.Min(bytes.Length, columns * 4L + 4)]);
        if (ascii) text = TextWidth.ToAscii(text);
        text = TextWidth.Fit(text, columns, ascii ? "..." : "…");
        Add(text);
        return TextWidth.Of(text);
    }

    /// <summary>Appends spaces; none when the number is not positive.</summary>
    public void Spaces(int count)
    {
        if (count <= 0) return;
        Room(count)[..count].Fill((byte)' ');
        _length += count;
    }

    /// <summary>Ends the line and passes the text on when there is much of it.</summary>
    public void EndLine()
    {
        while (_length > 0 && _bytes[_length - 1] == ' ') _length--;
        Add('\n');
        FlushWhenFull();
    }

    /// <summary>Passes the text on when there is much of it.</summary>
    public void FlushWhenFull()
    {
        if (_length >= FlushAt) Flush();
    }

    /// <summary>Passes all text on to a writer instead.</summary>
    public void MoveTo(IBufferWriter<byte> writer)
    {
        writer.Write(_bytes.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>Passes all text on.</summary>
    public void Flush()
    {
        if (_length > 0) output.Write(_bytes, 0, _length);
        _length = 0;
        output.Flush();
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        return _bytes.AsSpan(_length);
    }
}
