namespace Trama.Framing;

/// <summary>Tells from the first bytes of a layer which protocol it is.</summary>
internal static class Recognition
{
    /// <summary>Tells the protocol.</summary>
    /// <param name="speaker">Who speaks first.</param>
    /// <param name="bytes">The first bytes, 1 to <see cref="Protocol.MaxFirst"/>.</param>
    /// <param name="context">What hints at it.</param>
    /// <param name="isAll">Whether no more will come to tell.</param>
    /// <param name="protocol">The protocol; null when the bytes fit none.</param>
    /// <returns>False when more bytes are needed to tell.</returns>
    public static bool TryTell(Direction speaker, ReadOnlySpan<byte> bytes, in FramingContext context, bool isAll, out Protocol? protocol)
    {
        bool isOpen = false;
        foreach (Protocol candidate in Protocols.All)
        {
            Likeness likeness = context.BeginsMidway ? candidate.ResemblesMidway(speaker, bytes)
                : candidate.Resembles(speaker, bytes, isHinted: false);
            protocol = candidate;
            if (likeness == Likeness.Yes) return true;
            isOpen |= likeness == Likeness.Open;
        }

        // The bytes are nobody's own: a hint may say whose they are.
        protocol = null;
        if (isOpen && !isAll) return false;
        foreach (Protocol candidate in Protocols.All)
        {
            if (!IsHinted(candidate, context)) continue;
            Likeness likeness = context.BeginsMidway ? candidate.FitsMidway(speaker, bytes)
                : candidate.Resembles(speaker, bytes, isHinted: true);
            if (likeness == Likeness.Open && !isAll) return false;
            if (likeness != Likeness.Yes) continue;
            protocol = candidate;
            return true;
        }

        return true;
    }

    /// <summary>Whether bytes begin with a pattern, as far as they go.</summary>
    public static Likeness Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> pattern) =>
        bytes.Length >= pattern.Length ? bytes.StartsWith(pattern) ? Likeness.Yes : Likeness.No
            : pattern.StartsWith(bytes) ? Likeness.Open : Likeness.No;

    /// <summary>The more of two: a protocol whose bytes may begin in several ways.</summary>
    public static Likeness Or(this Likeness one, Likeness other) => one > other ? one : other;

    private static bool IsHinted(Protocol protocol, in FramingContext context)
    {
        if (context.Alpn is { } alpn && protocol.Alpn.Contains(alpn)) return true;
        return context.ServerPort is > 0 and <= ushort.MaxValue && protocol.Ports.Contains((ushort)context.ServerPort);
    }
}
