namespace Trama.Framing;

/// <summary>Numbers that stand for texts: 64 bits, so that two texts of one connection do not share one.</summary>
internal static class TextHash
{
    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte value in text) hash = unchecked((hash ^ value) * 1_099_511_628_211);
        return hash;
    }
}
