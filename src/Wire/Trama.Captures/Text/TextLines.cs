using System.Buffers;
using System.Text;
using Trama.Captures.Files;

namespace Trama.Captures.Text;

/// <summary>The lines of a text, one after the other, in constant memory.</summary>
internal sealed class TextLines(InputWindow input)
{
    /// <summary>The most characters of a line that are kept; what follows them is dropped.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly char[] _line = new char[MaxLength];

    /// <summary>Takes the next line, without its end; false at the end of the text. Valid until the next one.</summary>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        int kept = 0;
        while (true)
        {
            ReadOnlySpan<byte> bytes = input.Bytes;
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
            // Numbers, names and punctuation are ASCII; anything else is of no meaning here.
            kept += Encoding.Latin1.GetChars(part[..Math.Min(part.Length, MaxLength - kept)], _line.AsSpan(kept));
            input.Advance(end < 0 ? bytes.Length : end + 1);
            bool isOver = end >= 0 || !input.Ensure(1);
            if (isOver) kept = Unescape(_line.AsSpan(0, kept));
            line = _line.AsSpan(0, kept).TrimEnd('\r');
            if (end >= 0) return true;
            if (isOver) return kept > 0;
        }
    }

    /// <summary>
    /// Whether what the window holds, as far as it came so far, is text of the kind that <paramref name="isWanted"/> looks for.
    /// </summary>
    public static bool Recognise(InputWindow input, Predicate<ReadOnlySpan<char>> isWanted)
    {
        Span<char> characters = stackalloc char[1024];
        int at = 0;
        while (true)
        {
            ReadOnlySpan<byte> bytes = input.Bytes[at..];
            int end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                if (bytes.ContainsAny(NoText) || bytes.Length > MaxLength || at > MaxLookedAt) return false;
                if (input.Ensure(at + bytes.Length + 1)) continue;
                end = bytes.Length;
            }

            ReadOnlySpan<byte> line = bytes[..end];
            if (line.ContainsAny(NoText)) return false;
            int length = Unescape(characters[..Encoding.Latin1.GetChars(line[..Math.Min(line.Length, characters.Length)], characters)]);
            if (isWanted(characters[..length].TrimEnd('\r'))) return true;
            at += end + 1;
            if (at >= MaxLookedAt || (at >= input.Available && !input.Ensure(at + 1))) return false;
        }
    }

    // A page of the web writes ">" as "&gt;".
    private static int Unescape(Span<char> line)
    {
        int at = line.IndexOf("&gt;");
        if (at < 0) return line.Length;
        int kept = at;
        while (at < line.Length)
        {
            bool isArrow = line[at..].StartsWith("&gt;");
            line[kept++] = isArrow ? '>' : line[at];
            at += isArrow ? "&gt;".Length : 1;
        }

        return kept;
    }

    // A ticket may begin with much talk.
    private const int MaxLookedAt = 64 * 1024;

    // What no text has, in any encoding that keeps ASCII.
    private static readonly SearchValues<byte> NoText =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31]);
}
