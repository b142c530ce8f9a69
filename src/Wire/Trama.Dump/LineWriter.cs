using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Trama.Dump;

/// <summary>
/// Text under construction, as UTF-8 in one growing buffer. Nothing is allocated per line: the buffer grows to the longest
/// batch of lines and is then reused.
/// </summary>
public sealed class LineWriter
{
    private byte[] _buffer;

    /// <summary>Starts with an empty buffer.</summary>
    /// <param name="capacity">How many bytes the buffer holds before it grows.</param>
    public LineWriter(int capacity = 64 * 1024) => _buffer = new byte[capacity];

    /// <summary>How many bytes are in the buffer. Lowering it takes text back.</summary>
    public int Length { get; set; }

    /// <summary>Where the interpolated string begins that is being appended; -1 between such strings.</summary>
    internal int UnfinishedFrom { get; set; } = -1;

    /// <summary>The text so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Empties the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends UTF-8 text or raw bytes.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    /// <summary>Appends text as UTF-8.</summary>
    public void Append(string text) => Length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));

    /// <summary>
    /// Appends an interpolated string, without building it first. Holes take whole numbers (in decimal, or with a format: <c>x</c>,
    /// <c>x4</c>, <c>d2</c>), characters, UTF-8 spans and strings.
    /// </summary>
    public void Append([InterpolatedStringHandlerArgument("")] ref LineText text) => UnfinishedFrom = -1;

    /// <summary>Appends a number in decimal.</summary>
    public void AppendDecimal(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out int written);
        Length += written;
    }

    /// <summary>Appends a number in decimal, filled up with zeros on the left to <paramref name="digits"/> digits.</summary>
    public void AppendDecimal(long value, int digits)
    {
        Utf8Formatter.TryFormat(value, Reserve(20 + digits), out int written, new System.Buffers.StandardFormat('D', (byte)digits));
        Length += written;
    }

    /// <summary>Appends a number in decimal, between 0 and 2^64 - 1.</summary>
    public void AppendDecimal(ulong value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out int written);
        Length += written;
    }

    /// <summary>Appends a number in lower-case hexadecimal, with at least <paramref name="digits"/> digits and no prefix.</summary>
    public void AppendHex(ulong value, int digits = 1)
    {
        Utf8Formatter.TryFormat(value, Reserve(16 + digits), out int written, new System.Buffers.StandardFormat('x', (byte)digits));
        Length += written;
    }

    /// <summary>Appends bytes as lower-case hexadecimal, two digits each, without separators.</summary>
    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out int written);
        Length += written;
    }

    /// <summary>Room for at least <paramref name="count"/> bytes after <see cref="Length"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count) Grow(count);
        return _buffer.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
}
