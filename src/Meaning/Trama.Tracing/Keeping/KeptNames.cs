namespace Trama.Tracing.Keeping;

/// <summary>Texts that come again and again, each once, with a number. One thread writes, others may read.</summary>
/// <param name="most">How many there may be; more have no number.</param>
internal sealed class KeptNames(int most)
{
    private readonly Dictionary<int, List<int>> _byHash = [];
    private readonly byte[][] _texts = new byte[most][];
    private int _count = 1;

    /// <summary>The number of a text; 0 for an empty one, and for those that are too many.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var hash = new HashCode();
        hash.AddBytes(text);
        int key = hash.ToHashCode();
        if (!_byHash.TryGetValue(key, out List<int>? alike)) alike = [];
        foreach (int number in alike)
            if (_texts[number].AsSpan().SequenceEqual(text)) return number;
        if (_count == most) return 0;
        _texts[_count] = text.ToArray();
        alike.Add(_count);
        _byHash[key] = alike;
        return _count++;
    }

    /// <summary>The text of a number that was given.</summary>
    public ReadOnlyMemory<byte> At(int number) => number == 0 ? default : _texts[number];
}
