using System.Text;

namespace Trama.Framing.Commands;

/// <summary>The words with which the commands of a protocol begin.</summary>
/// <param name="words">The words in upper case, a space between two.</param>
internal sealed class CommandVerbs(string words)
{
    private readonly byte[][] _words = [.. words.Split(' ').Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether a line begins with one of them and nothing else before the next space, in upper or lower case, as far as the line
    /// goes.</summary>
    public Likeness Of(ReadOnlySpan<byte> line)
    {
        var likeness = Likeness.No;
        foreach (byte[] word in _words)
        {
            int length = Math.Min(line.Length, word.Length);
            if (!Ascii.EqualsIgnoreCase(line[..length], word.AsSpan(0, length))) continue;
            if (line.Length > word.Length && line[word.Length] is (byte)' ' or (byte)'\r' or (byte)'\n') return Likeness.Yes;
            if (line.Length <= word.Length) likeness = Likeness.Open;
        }

        return likeness;
    }

    /// <summary>Whether bytes are nothing but lines that begin so.</summary>
    public bool AreAllOf(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            if (end < 0 || Of(bytes) != Likeness.Yes) return false;
            bytes = bytes[(end + 1)..];
        }

        return true;
    }
}
