using System.Buffers;
using System.Text;

namespace Trama.Framing;

/// <summary>Several words with which bytes may begin.</summary>
/// <param name="words">The words, in ASCII, none empty.</param>
internal sealed class Beginnings(params string[] words)
{
    private readonly byte[][] _words = [.. words.Select(Encoding.ASCII.GetBytes)];
    private readonly SearchValues<byte> _firsts = SearchValues.Create([.. words.Select(word => (byte)word[0]).Distinct()]);

    /// <summary>Whether bytes begin with one of them, as far as they go.</summary>
    /// <param name="bytes">At least one byte.</param>
    public Likeness Of(ReadOnlySpan<byte> bytes)
    {
        var likeness = Likeness.No;
        if (!_firsts.Contains(bytes[0])) return likeness;
        foreach (byte[] word in _words) likeness = likeness.Or(Recognition.Begins(bytes, word));
        return likeness;
    }
}
