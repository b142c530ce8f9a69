namespace Trama.Framing;

/// <summary>Finds where a packet begins in bytes that follow missing ones: packets that are valid in a chain.</summary>
internal static class PacketBoundary
{
    // So many places in one piece are looked at closely.
    private const int MaxTries = 256;

    // So many packets in a row are enough.
    private const int Enough = 3;

    /// <summary>Whether bytes begin with a packet that can be told for certain, and how long it is.</summary>
    public delegate Likeness Judge(ReadOnlySpan<byte> bytes, out long length);

    /// <summary>The first place where packets follow each other up to the end, or a few of them; -1 when there is none. The first place of
    /// a piece is one where a packet may begin alone.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, Judge judge)
    {
        int tries = 0;
        for (int at = 0; at < bytes.Length && tries < MaxTries; at++)
        {
            Likeness likeness = judge(bytes[at..], out long length);
            if (likeness != Likeness.Yes) continue;
            tries++;
            if (IsChain(bytes[at..], length, judge, isFirst: at == 0)) return at;
        }

        return -1;
    }

    private static bool IsChain(ReadOnlySpan<byte> bytes, long length, Judge judge, bool isFirst)
    {
        for (int count = 1; count < Enough; count++)
        {
            if (length >= bytes.Length) return isFirst || count > 1;
            bytes = bytes[(int)length..];
            Likeness likeness = judge(bytes, out length);
            if (likeness != Likeness.Yes) return likeness == Likeness.Open && (isFirst || count > 1);
        }

        return true;
    }
}
