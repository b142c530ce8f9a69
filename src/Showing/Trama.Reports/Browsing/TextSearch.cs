using System.Text;

namespace Trama.Reports.Browsing;

/// <summary>Looks for a text in others; ASCII letters are the same in either case.</summary>
internal sealed class TextSearch(string text)
{
    private readonly byte[] _wanted = Encoding.UTF8.GetBytes(text);

    /// <summary>Whether a text has it.</summary>
    public bool IsIn(ReadOnlySpan<byte> utf8)
    {
        byte first = _wanted[0];
        byte other = char.IsAsciiLetter((char)first) ? (byte)(first ^ 0x20) : first;
        while (utf8.Length >= _wanted.Length)
        {
            int at = utf8[..(utf8.Length - _wanted.Length + 1)].IndexOfAny(first, other);
            if (at < 0) return false;
            if (Ascii.EqualsIgnoreCase(utf8.Slice(at, _wanted.Length), _wanted)
                || utf8.Slice(at, _wanted.Length).SequenceEqual(_wanted)) return true;
            utf8 = utf8[(at + 1)..];
        }

        return false;
    }

    /// <summary>Whether a text has it.</summary>
    public bool IsIn(string? text) => text is not null && IsIn(Encoding.UTF8.GetBytes(text));
}
