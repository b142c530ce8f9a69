namespace Trama.Dump.Protocols.Application;

/// <summary>
/// Prints the heads of OpenFlow messages (ONF TS-001, version 1.0; heads of the same form in later versions), one a line.
/// </summary>
internal static class OpenFlowPrinter
{
    private const int HeaderLength = 8, Version10 = 1;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "openflow";
        d.Print($": OpenFlow");
        int at = 0;
        while (at < length && !d.IsCut)
        {
            int left = length - at;
            int version = bytes.U8(at);
            d.Print($"\n\tversion {VersionName(version)}");
            if (left >= 2) d.Print($", type {TypeName(version, bytes.U8(at + 1))}");
            int messageLength = left >= 4 ? bytes.U16(at + 2) : 0;
            if (left >= 4) d.Print($", length {messageLength}{(messageLength < HeaderLength ? " (too short!)" : "")}");
            if (left >= HeaderLength) d.Print($", xid 0x{bytes.U32(at + 4):x8}");
            if (left < HeaderLength || messageLength < HeaderLength)
            {
                if (left < HeaderLength) d.Print($" (end of TCP payload)");
                else d.Invalid();
                if (!bytes.Has(length)) d.Cut();
                return;
            }

            int bodyLength = messageLength - HeaderLength;
            if (!FitsType(version, bytes.U8(at + 1), bodyLength)) d.Invalid();
            if (!bytes.Has(at + HeaderLength, bodyLength)) d.Cut();
            if (messageLength > left) return;
            at += messageLength;
        }
    }

    private static string VersionName(int version) => version switch
    {
        1 => "1.0",
        2 => "1.1",
        3 => "1.2",
        4 => "1.3",
        5 => "1.4",
        6 => "1.5",
        _ => $"unknown (0x{version:x2})",
    };

    private static string TypeName(int version, int type) => (version == Version10 ? type : -1) switch
    {
        0 => "HELLO",
        1 => "ERROR",
        2 => "ECHO_REQUEST",
        3 => "ECHO_REPLY",
        4 => "VENDOR",
        5 => "FEATURES_REQUEST",
        6 => "FEATURES_REPLY",
        7 => "GET_CONFIG_REQUEST",
        8 => "GET_CONFIG_REPLY",
        9 => "SET_CONFIG",
        10 => "PACKET_IN",
        11 => "FLOW_REMOVED",
        12 => "PORT_STATUS",
        13 => "PACKET_OUT",
        14 => "FLOW_MOD",
        15 => "PORT_MOD",
        16 => "STATS_REQUEST",
        17 => "STATS_REPLY",
        18 => "BARRIER_REQUEST",
        19 => "BARRIER_REPLY",
        20 => "QUEUE_GET_CONFIG_REQUEST",
        21 => "QUEUE_GET_CONFIG_REPLY",
        _ => $"unknown (0x{type:x2})",
    };

    /// <summary>Whether a body has the length that its type demands, exactly or at least.</summary>
    private static bool FitsType(int version, int type, int length) => (version == Version10 ? type : -1) switch
    {
        5 or 7 or 18 or 19 => length == 0,
        8 or 9 or 20 => length == 4,
        11 => length == 80,
        12 => length == 56,
        15 => length == 24,
        1 or 4 or 16 or 17 => length >= 4,
        6 => length >= 24,
        10 => length >= 12,
        13 or 21 => length >= 8,
        14 => length >= 64,
        _ => true,
    };
}
