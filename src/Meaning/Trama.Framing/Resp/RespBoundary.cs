namespace Trama.Framing.Resp;

/// <summary>Finds where a value begins in bytes that follow missing ones.</summary>
internal static class RespBoundary
{
    // So many line ends are looked behind, and so far is a value read, in one piece.
    private const int MaxTries = 16;
    private const int MaxRead = 4096;

    /// <summary>The first place where a whole value stands, and another one behind it or the end; the first byte, where the piece is too
    /// short to say no; -1 when there is none.</summary>
    /// <param name="bytes">The piece at hand, at least one byte.</param>
    /// <param name="commandsOnly">Whether only arrays count.</param>
    public static int Find(ReadOnlySpan<byte> bytes, bool commandsOnly)
    {
        int at = 0;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            if (IsValue(bytes[at..], commandsOnly, isFirst: at == 0)) return at;
            int end = bytes[at..].IndexOf("\r\n"u8);
            if (end < 0 || at + end + 2 >= bytes.Length) return -1;
            at += end + 2;
        }

        return -1;
    }

    private static bool IsValue(ReadOnlySpan<byte> bytes, bool commandsOnly, bool isFirst)
    {
        Likeness command = commandsOnly ? RespProtocol.Command(bytes) : Likeness.Yes;
        if (command == Likeness.No || !(isFirst || command == Likeness.Yes) || !RespValue.MayBegin(bytes)) return false;
        var value = default(RespValue);
        int at = 0;
        bool isRead = value.TryTake(bytes[..Math.Min(bytes.Length, MaxRead)], ref at, new RespWords(), out FramingFault fault);
        if (fault != FramingFault.None) return false;
        // A long value may go on; its head told what it is.
        if (!isRead) return isFirst || value.Depth > 0 || bytes[0] is (byte)'$' or (byte)'=' or (byte)'!';
        return at == bytes.Length || (commandsOnly ? RespProtocol.Command(bytes[at..]) != Likeness.No : RespValue.MayBegin(bytes[at..]));
    }
}
