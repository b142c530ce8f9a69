namespace Trama.Captures.Text;

/// <summary>
/// Joins what a mail or a ticket broke: a line of tcpdump that is wrapped, at a space or in the middle of a word, goes on in the next ones.
/// </summary>
internal sealed class BrokenLine
{
    private const int MaxPieces = 4;
    private const int MaxLength = 2048;

    private char[] _held = new char[MaxLength];
    private char[] _joined = new char[MaxLength];
    private int _length;
    private int _pieces;

    /// <summary>Takes the next line of the text.</summary>
    /// <param name="line">The line.</param>
    /// <param name="names">The names of hosts so far.</param>
    /// <returns>The whole of the broken line that it ends, else itself. Valid until the next one.</returns>
    public ReadOnlySpan<char> Whole(ReadOnlySpan<char> line, EndpointNames names)
    {
        bool isBeginning = LineTime.TryRead(line, out _, out _) || IsSecondOfTwo(line);
        if (_pieces > 0 && !isBeginning && !line.IsEmpty)
        {
            ReadOnlySpan<char> whole = Join(line, IsSpaced(_held.AsSpan(0, _length), line[0]) ? " " : "");
            bool isWhole = SegmentLine.TryRead(whole, names, out _);
            (_held, _joined) = (_joined, _held);
            _length = whole.Length;
            if (!isWhole && ++_pieces < MaxPieces) return line;
            _pieces = 0;
            return isWhole ? _held.AsSpan(0, _length) : line;
        }

        _pieces = 0;
        if (isBeginning && line.Length is > 0 and < MaxLength && line.Contains(SegmentLine.Arrow, StringComparison.Ordinal)
            && !SegmentLine.TryRead(line, names, out _))
        {
            line.CopyTo(_held);
            (_length, _pieces) = (line.Length, 1);
        }

        return line;
    }

    // With -v the segment stands below the line with the time and the IP header.
    private static bool IsSecondOfTwo(ReadOnlySpan<char> line)
    {
        int arrow = line.IndexOf(SegmentLine.Arrow, StringComparison.Ordinal);
        return arrow > 0 && !line[..arrow].TrimStart().IsEmpty && line[arrow..].Contains(SegmentLine.FlagsTitle, StringComparison.Ordinal);
    }

    // Whether tcpdump has a space where the line was broken: between a word and a number, around arrows and before brackets, and behind a
    // comma, if not between options. Two letters, or two digits, are the middle of a word.
    private static bool IsSpaced(ReadOnlySpan<char> held, char next)
    {
        char last = held[^1];
        if (last == ' ' || next == ' ') return false;
        if (last is ':' or '>' || next is '>' or '[' or '{') return true;
        if (last == ',') return held.LastIndexOf('[') <= held.LastIndexOf(']');
        return (char.IsAsciiLetter(last) && char.IsAsciiDigit(next)) || (char.IsAsciiDigit(last) && char.IsAsciiLetter(next));
    }

    private ReadOnlySpan<char> Join(ReadOnlySpan<char> line, string between)
    {
        int length = Math.Min(line.Length, MaxLength - _length - between.Length);
        if (length <= 0) return _held.AsSpan(0, _length);
        _held.AsSpan(0, _length).CopyTo(_joined);
        between.CopyTo(_joined.AsSpan(_length));
        line[..length].CopyTo(_joined.AsSpan(_length + between.Length));
        return _joined.AsSpan(0, _length + between.Length + length);
    }
}
