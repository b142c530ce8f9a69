using System.ComponentModel;
using System.Runtime.CompilerServices;
using Trama.Packets.Network;

namespace Trama.Dump.Text;

/// <summary>
/// What <see cref="Dissection.Print"/> makes of an interpolated string: the parts go straight into the line. One string is one whole: when
/// a byte that one of its holes shows was not captured, none of it appears.
/// </summary>
/// <remarks>
/// Beyond what <see cref="LineText"/> takes, holes take addresses (by name where names are shown, numbers with <c>n</c>) and bytes
/// from the wire: <c>x</c> as hexadecimal, <c>m</c> as hexadecimal with colons, <c>s</c> as text made printable.
/// </remarks>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
internal readonly ref struct DissectionText
{
    private readonly Dissection _dissection;
    private readonly LineText _text;

    /// <summary>Called by the compiler.</summary>
    public DissectionText(int literalLength, int holes, Dissection dissection)
    {
        _dissection = dissection;
        _text = new LineText(literalLength, holes, dissection.Output);
    }

    /// <summary>Appends the text between holes.</summary>
    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    /// <summary>Appends a name; nothing for none.</summary>
    public void AppendFormatted(string? text)
    {
        if (text is not null) _text.AppendFormatted(text);
    }

    /// <summary>Appends an ASCII character.</summary>
    public void AppendFormatted(char letter) => _text.AppendFormatted(letter);

    /// <summary>Appends a number in decimal.</summary>
    public void AppendFormatted(long value) => _text.AppendFormatted(value);

    /// <summary>Appends a number in decimal.</summary>
    public void AppendFormatted(ulong value) => _text.AppendFormatted(value);

    /// <summary>Appends a number as <paramref name="format"/> says: <c>x</c> or <c>d</c>, and the least number of digits.</summary>
    public void AppendFormatted(long value, string format) => _text.AppendFormatted((ulong)value, format);

    /// <summary>Appends a number as <paramref name="format"/> says: <c>x</c> or <c>d</c>, and the least number of digits.</summary>
    public void AppendFormatted(ulong value, string format) => _text.AppendFormatted(value, format);

    /// <summary>Appends an address, by name where names are shown.</summary>
    public void AppendFormatted(IpAddress address) => _dissection.Addresses.Append(address);

    /// <summary>Appends an address as a number.</summary>
    public void AppendFormatted(IpAddress address, string format)
    {
        address.TryFormat(_dissection.Output.Reserve(IpAddress.MaxTextLength), out int written);
        _dissection.Output.Length += written;
    }

    /// <summary>Appends bytes from the wire as <paramref name="format"/> says: <c>x</c>, <c>m</c> or <c>s</c>.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<byte> bytes, string format)
    {
        if (format == "x") _dissection.Output.AppendHex(bytes);
        else if (format == "m") _dissection.Addresses.AppendHexGroups(bytes);
        else _dissection.Output.AppendPrintable(bytes);
    }
}
