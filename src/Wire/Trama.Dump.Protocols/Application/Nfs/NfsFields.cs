namespace Trama.Dump.Protocols.Application.Nfs;

/// <summary>Prints what calls and replies of NFS share: file handles, names and attributes. Offsets count in the RPC message.</summary>
internal static class NfsFields
{
    private const int Version2HandleLength = 32, LongestShownHandle = 32, AttributesLength = 84;

    /// <summary>
    /// Prints a file handle; false when it was not captured to its end. Its inner form belongs to the server, and is shown as bytes.
    /// </summary>
    public static bool PrintHandle(Dissection d, bool isVersion3, PacketBytes message, ref int at)
    {
        uint length = Version2HandleLength;
        if (isVersion3)
        {
            length = message.U32(at) & ~3u;
            at += 4;
        }

        if (length > int.MaxValue || !message.Has(at, (int)length)) return false;

        // tcpdump cuts the word to as many letters as the handle has words of 32 bits.
        ReadOnlySpan<byte> kind = "Unknown"u8;
        d.Print($" fh ");
        d.Output.Append(kind[..(int)Math.Min(length / 4, (uint)kind.Length)]);
        d.Print($"/");
        foreach (byte octet in message.Captured.Slice(at, (int)Math.Min(length, LongestShownHandle)))
        {
            d.Print($"{"0123456789ABCDEF"[octet >> 4]}{"0123456789ABCDEF"[octet & 0x0f]}");
        }

        at += (int)length;
        return true;
    }

    /// <summary>Prints a file's name in quotes; false when it was not captured to its end.</summary>
    public static bool PrintName(Dissection d, PacketBytes message, ref int at)
    {
        uint length = message.U32(at);
        at += 4;
        if (length > int.MaxValue - 64 || !message.Has(at, (int)(length + 3 & ~3u))) return false;
        d.Print($"\"{message.Captured.Slice(at, (int)length):s}\"");
        at += (int)(length + 3 & ~3u);
        return true;
    }

    /// <summary>Prints a file handle and the name of a file in that directory; false when one was not captured.</summary>
    public static bool PrintHandleAndName(Dissection d, bool isVersion3, PacketBytes message, ref int at)
    {
        if (!PrintHandle(d, isVersion3, message, ref at)) return false;
        d.Print($" ");
        return PrintName(d, message, ref at);
    }

    /// <summary>Prints a file's attributes; false when they were not captured.</summary>
    public static bool PrintAttributes(Dissection d, PacketBytes message, ref int at)
    {
        if (!message.Has(at, 20)) return false;
        d.Print($" {NfsNames.FileType(message.U32(at))} ");
        PrintOctal(d, message.U32(at + 4));
        d.Print($" ids {(int)message.U32(at + 12)}/{(int)message.U32(at + 16)} sz {message.U64(at + 20)}");
        at += AttributesLength;
        return true;
    }

    /// <summary>Prints a number in octal, as the modes of files are written.</summary>
    public static void PrintOctal(Dissection d, uint value)
    {
        int shift = 0;
        while (shift < 30 && value >> shift + 3 != 0) shift += 3;
        for (; shift >= 0; shift -= 3) d.Print($"{value >> shift & 7}");
    }
}
