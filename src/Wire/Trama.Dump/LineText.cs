using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Trama.Dump;

/// <summary>
/// What <see cref="LineWriter.Append(ref LineText)"/> makes of an interpolated string: each part goes straight into the buffer.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LineText
{
    private readonly LineWriter _output;

    /// <summary>Called by the compiler.</summary>
    public LineText(int literalLength, int holes, LineWriter output)
    {
        _output = output;
        output.Reserve(literalLength + holes * 8);
        output.UnfinishedFrom = output.Length;
    }

    /// <summary>Appends the text between holes.</summary>
    public void AppendLiteral(string text) => _output.Append(text);

    /// <summary>Appends a string.</summary>
    public void AppendFormatted(string text) => _output.Append(text);

    /// <summary>Appends UTF-8 text.</summary>
    public void AppendFormatted(ReadOnlySpan<byte> utf8) => _output.Append(utf8);

    /// <summary>Appends an ASCII character.</summary>
    public void AppendFormatted(char letter) => _output.Append((byte)letter);

    /// <summary>Appends a number in decimal.</summary>
    public void AppendFormatted(int value) => _output.AppendDecimal((long)value);

    /// <summary>Appends a number in decimal.</summary>
    public void AppendFormatted(uint value) => _output.AppendDecimal((long)value);

    /// <summary>Appends a number in decimal.</summary>
    public void AppendFormatted(long value) => _output.AppendDecimal(value);

    /// <summary>Appends a number in decimal.</summary>
    public void AppendFormatted(ulong value) => _output.AppendDecimal(value);

    /// <summary>Appends a number as <paramref name="format"/> says: <c>x</c> or <c>d</c>, and the least number of digits.</summary>
    public void AppendFormatted(int value, string format) => AppendFormatted(format[0] == 'x' ? (uint)value : (ulong)value, format);

    /// <summary>Appends a number as <paramref name="format"/> says: <c>x</c> or <c>d</c>, and the least number of digits.</summary>
    public void AppendFormatted(uint value, string format) => AppendFormatted((ulong)value, format);

    /// <summary>Appends a number as <paramref name="format"/> says: <c>x</c> or <c>d</c>, and the least number of digits.</summary>
    public void AppendFormatted(ulong value, string format)
    {
        int digits = 1;
        if (format.Length > 1) digits = format.Length == 2 ? format[1] - '0' : (format[1] - '0') * 10 + format[2] - '0';
        if (format[0] == 'x') _output.AppendHex(value, digits);
        else _output.AppendDecimal((long)value, digits);
    }
}
