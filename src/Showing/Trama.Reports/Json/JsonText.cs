using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using Trama.Framing;
using Trama.Reports.Text;

namespace Trama.Reports.Json;

/// <summary>
/// JSON on its way to a stream, put together from its own text: names are given with their quotes, commas and braces, so that a member
/// costs two copies. Writes what <see cref="System.Text.Json.Utf8JsonWriter"/> would, which may write here too.
/// </summary>
internal sealed class JsonText : IBufferWriter<byte>
{
    // What the encoder puts for a byte of text, at most.
    private const int MaxEscaped = 6;

    // From so many bytes on, a search for the next one to be escaped is faster than a look at each.
    private const int Long = 32;

    // ASCII that JSON takes as it is.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7f - 0x20).Select(value => (byte)value).Where(value => value is not ((byte)'"' or (byte)'\\'))]);

    // "00" to "ff", in the order of their bytes.
    private static readonly ushort[] HexPairs =
        [.. Enumerable.Range(0, 256).Select(value => MemoryMarshal.Read<ushort>(Encoding.ASCII.GetBytes($"{value:x2}")))];

    private readonly ArrayBufferWriter<byte> _visible = new();
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The text, valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The text with what hides or reorders text escaped, valid until the next change.</summary>
    public ReadOnlySpan<byte> Visible => VisibleJson.Of(Written, _visible);

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends JSON as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        Length += json.Length;
    }

    /// <summary>Appends what stands before a number, and the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> name, long number)
    {
        Add(name);
        Add(number);
    }

    /// <summary>Appends what stands before a number, and the number; nothing where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } known) Add(name, known);
    }

    /// <summary>Appends a number.</summary>
    public void Add(long number) => Length += DecimalText.Write(number, Room(DecimalText.MaxLength));

    /// <summary>Appends what stands before words of a peer, and those as a string, visible; nothing where there are none.</summary>
    public void AddVisible(ReadOnlySpan<byte> name, ReadOnlySpan<byte> words)
    {
        if (words.IsEmpty) return;
        Add(name);
        if (PlainLength(words) == words.Length) AddPlain(words);
        else AddString(VisibleText.IsPlain(words) ? words : Encoding.UTF8.GetBytes(VisibleText.Of(words)));
    }

    /// <summary>Appends what stands before one of the program's own names, and that as a string.</summary>
    /// <param name="name">What stands before it.</param>
    /// <param name="ascii">The name: ASCII that JSON takes as it is.</param>
    public void AddName(ReadOnlySpan<byte> name, string ascii)
    {
        Add(name);
        Span<byte> room = Room(2 + ascii.Length);
        room[0] = (byte)'"';
        Ascii.FromUtf16(ascii, room[1..], out _);
        room[ascii.Length + 1] = (byte)'"';
        Length += ascii.Length + 2;
    }

    /// <summary>Appends a text as a string.</summary>
    /// <param name="utf8">The text, valid UTF-8.</param>
    public void AddString(ReadOnlySpan<byte> utf8)
    {
        Room(2 + (utf8.Length * MaxEscaped));
        Put((byte)'"');
        while (true)
        {
            int plain = PlainLength(utf8);
            utf8[..plain].CopyTo(_bytes.AsSpan(Length));
            Length += plain;
            if (plain == utf8.Length) break;
            utf8 = utf8[plain..];
            byte letter = Escape(utf8[0]);
            if (letter == 0)
            {
                JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, _bytes.AsSpan(Length), out _, out int written);
                Length += written;
                break;
            }

            Put((byte)'\\');
            Put(letter);
            utf8 = utf8[1..];
        }

        Put((byte)'"');
    }

    /// <summary>Appends bytes as two digits each.</summary>
    public void AddHex(ReadOnlySpan<byte> bytes)
    {
        // The runtime's own way takes five times as long where it may not use the newer instructions, as in a native binary for all.
        Span<ushort> room = MemoryMarshal.Cast<byte, ushort>(Room(bytes.Length * 2));
        ReadOnlySpan<ushort> pairs = HexPairs;
        for (int i = 0; i < bytes.Length; i++) room[i] = pairs[bytes[i]];
        Length += bytes.Length * 2;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(Math.Max(sizeHint, 1));

    // The letter of a short escape; 0 for what the encoder has to judge.
    private static byte Escape(byte value) => value switch
    {
        (byte)'"' or (byte)'\\' => value,
        (byte)'\n' => (byte)'n',
        (byte)'\r' => (byte)'r',
        (byte)'\t' => (byte)'t',
        _ => 0,
    };

    private void AddPlain(ReadOnlySpan<byte> ascii)
    {
        Span<byte> room = Room(2 + ascii.Length);
        room[0] = (byte)'"';
        ascii.CopyTo(room[1..]);
        room[ascii.Length + 1] = (byte)'"';
        Length += ascii.Length + 2;
    }

    // How many of the first bytes JSON takes as they are.
    private static int PlainLength(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= Long) return utf8.IndexOfAnyExcept(Plain) is >= 0 and int at ? at : utf8.Length;
        for (int i = 0; i < utf8.Length; i++)
            if (utf8[i] is < 0x20 or >= 0x7f or (byte)'"' or (byte)'\\') return i;
        return utf8.Length;
    }

    private void Put(byte ascii) => _bytes[Length++] = ascii;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
}
