namespace Trama.Framing.Nats;

/// <summary>Finds where a message begins in bytes that follow missing ones.</summary>
internal static class NatsBoundary
{
    // So many lines of one piece are looked at.
    private const int MaxTries = 64;

    /// <summary>The first place, of the piece or behind a line end, where a message stands and another one follows, or the end; -1 when
    /// there is none.</summary>
    public static int Find(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            if (IsMessage(speaker, bytes[at..]) == Likeness.Yes) return at;
            int end = bytes[at..].IndexOf("\r\n"u8);
            if (end < 0 || at + end + 2 >= bytes.Length) return -1;
            at += end + 2;
        }

        return -1;
    }

    /// <summary>Whether bytes begin with a message, as far as they go.</summary>
    public static Likeness IsMessage(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n"u8);
        if (end < 0) return NatsLine.VerbOf(speaker, bytes) == NatsVerb.None ? Likeness.No : Likeness.Open;
        if (!NatsLine.TryRead(speaker, bytes[..end], out NatsLine line)) return Likeness.No;
        int next = end + 2;
        if (line.Following > bytes.Length - next) return Likeness.Yes;
        next += line.Following;
        if (line.Following > 0 && !bytes[(next - 2)..next].SequenceEqual("\r\n"u8)) return Likeness.No;
        return next == bytes.Length || VerbAt(speaker, bytes[next..]) != NatsVerb.None ? Likeness.Yes : Likeness.No;
    }

    /// <summary>The verb of the message that bytes begin with.</summary>
    public static NatsVerb VerbAt(Direction speaker, ReadOnlySpan<byte> bytes) =>
        NatsLine.VerbOf(speaker, bytes.IndexOf("\r\n"u8) is >= 0 and int end ? bytes[..end] : bytes);
}
