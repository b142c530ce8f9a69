namespace Trama.Framing.Stomp;

/// <summary>What a frame begins with.</summary>
internal static class StompVerb
{
    // The first place after a loss is behind the end of a frame; so many are looked at in one piece.
    private const int MaxTries = 64;

    private static readonly byte[][] s_all =
    [
        [.. "CONNECT"u8], [.. "STOMP"u8], [.. "CONNECTED"u8], [.. "SEND"u8], [.. "SUBSCRIBE"u8], [.. "UNSUBSCRIBE"u8], [.. "ACK"u8],
        [.. "NACK"u8], [.. "BEGIN"u8], [.. "COMMIT"u8], [.. "ABORT"u8], [.. "DISCONNECT"u8], [.. "MESSAGE"u8], [.. "RECEIPT"u8],
        [.. "ERROR"u8],
    ];

    /// <summary>Whether a line is a verb.</summary>
    public static bool Is(ReadOnlySpan<byte> line)
    {
        foreach (byte[] verb in s_all)
            if (line.SequenceEqual(verb)) return true;
        return false;
    }

    /// <summary>Whether bytes begin with a verb, its line end, and a header or the end of the headers.</summary>
    public static Likeness BeginsFrame(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Likeness.No;
        foreach (byte[] verb in s_all) likeness = likeness.Or(Begins(bytes, verb));
        return likeness;
    }

    /// <summary>Whether bytes begin with this verb, its line end, and a header or the end of the headers.</summary>
    public static Likeness Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> verb)
    {
        Likeness likeness = Recognition.Begins(bytes, verb);
        if (likeness != Likeness.Yes) return likeness;
        bytes = bytes[verb.Length..];
        if (bytes is [(byte)'\r', ..]) bytes = bytes[1..];
        if (bytes.IsEmpty) return Likeness.Open;
        if (bytes[0] != '\n') return Likeness.No;
        bytes = bytes[1..].TrimStart((byte)'\r');
        int colon = bytes.IndexOfAny((byte)':', (byte)'\n');
        if (colon < 0) return bytes.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? Likeness.No : Likeness.Open;
        return colon == 0 ? bytes[0] == '\n' ? Likeness.Yes : Likeness.No
            : bytes[colon] == ':' && !bytes[..colon].ContainsAnyExceptInRange((byte)'!', (byte)'~') ? Likeness.Yes : Likeness.No;
    }

    /// <summary>The first place in bytes that follow missing ones where a frame surely begins: at their beginning, or behind the end of
    /// another; -1 for none.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            if (at < bytes.Length && BeginsFrame(bytes[at..]) == Likeness.Yes) return at;
            int end = bytes[at..].IndexOf((byte)0);
            if (end < 0) return -1;
            at += end + 1;
            while (at < bytes.Length && bytes[at] is (byte)'\r' or (byte)'\n') at++;
        }

        return -1;
    }
}
