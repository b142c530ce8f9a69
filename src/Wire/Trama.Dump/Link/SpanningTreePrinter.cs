using Trama.Dump.Text;

namespace Trama.Dump.Link;

/// <summary>Prints the messages of the spanning tree protocol, IEEE 802.1D, and of its rapid and multiple forms.</summary>
internal static class SpanningTreePrinter
{
    private const int VersionAt = 2, TypeAt = 3, FlagsAt = 4, RootAt = 5, CostAt = 13, BridgeAt = 17, PortAt = 25, AgeAt = 27;
    private const int MaxAgeAt = 29, HelloAt = 31, DelayAt = 33, ConfigurationLength = 35, FirstLengthAt = 35, RapidLength = 36;
    private const int Rapid = 2, Multiple = 3, ShortestPath = 4;
    private const int MultipleLengthAt = 36, MultipleMinimumLength = 102, MultipleLengthSize = 2;

    private static readonly (uint Bits, string Name)[] Flags =
    [
        (0x01, "Topology change"), (0x02, "Proposal"), (0x10, "Learn"), (0x20, "Forward"), (0x40, "Agreement"),
        (0x80, "Topology change ACK"),
    ];

    /// <summary>Prints a message.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "stp";
        if (length < FlagsAt)
        {
            d.Invalid();
            return;
        }

        if (bytes.U16(0) != 0)
        {
            d.Print($"unknown STP version, length {length}");
            return;
        }

        int version = bytes.U8(VersionAt);
        string? versionName = VersionName(version);
        d.Print($"STP {versionName ?? $"Unknown STP protocol (0x{version:x2})"}");
        if (versionName is null) return;
        int type = bytes.U8(TypeAt);
        d.Print($", {type switch { 0 => "Config", 2 => "Rapid STP", 0x80 => "Topology Change", _ => $"Unknown BPDU Type (0x{type:x2})" }}");
        if (type == 0) PrintConfiguration(d, bytes, length, ConfigurationLength, isRapid: false);
        else if (type == 2 && version == Rapid) PrintConfiguration(d, bytes, length, RapidLength, isRapid: true);
        else if (type == 2 && version is Multiple or ShortestPath) PrintMultiple(d, bytes, length);
    }

    private static void PrintConfiguration(Dissection d, PacketBytes bytes, int length, int least, bool isRapid)
    {
        if (length < least)
        {
            d.Invalid();
            return;
        }

        d.Print($", Flags [");
        PrintFlags(d, bytes.U8(FlagsAt));
        d.Print($"], bridge-id ");
        PrintBridge(d, bytes, BridgeAt);
        d.Print($".{bytes.U16(PortAt):x4}, length {length}");
        if (d.Verbosity == 0) return;
        d.Print($"\n\t");
        PrintTimes(d, bytes);
        d.Print($"\n\troot-id ");
        PrintBridge(d, bytes, RootAt);
        d.Print($", root-pathcost {bytes.U32(CostAt)}");
        if (isRapid) d.Print($", port-role {RoleName(bytes.U8(FlagsAt))}");
    }

    private static void PrintMultiple(Dissection d, PacketBytes bytes, int length)
    {
        if (length < MultipleMinimumLength || bytes.U8(FirstLengthAt) != 0
            || length < RapidLength + MultipleLengthSize + bytes.U16(MultipleLengthAt))
        {
            d.Invalid();
            return;
        }

        d.Print($", CIST Flags [");
        PrintFlags(d, bytes.U8(FlagsAt));
        d.Print($"], length {length}");
        if (d.Verbosity > 0) MultipleSpanningTree.Print(d, bytes);
    }

    /// <summary>Prints the flags of a message, or of one tree of several.</summary>
    public static void PrintFlags(Dissection d, int flags)
    {
        if (!d.Output.AppendBits(Flags, (uint)flags)) d.Print($"none");
    }

    /// <summary>Prints the times that both forms of a message have.</summary>
    public static void PrintTimes(Dissection d, PacketBytes bytes)
    {
        PrintTime(d, "message-age", bytes.U16(AgeAt));
        PrintTime(d, ", max-age", bytes.U16(MaxAgeAt));
        PrintTime(d, ", hello-time", bytes.U16(HelloAt));
        PrintTime(d, ", forwarding-delay", bytes.U16(DelayAt));
    }

    /// <summary>Prints the number of a bridge: its priority and its address.</summary>
    public static void PrintBridge(Dissection d, PacketBytes bytes, int at) => d.Print($"{bytes.U16(at):x4}.{bytes.Fetch(at + 2, 6):m}");

    /// <summary>What a port is, by the flags.</summary>
    public static string RoleName(int flags) => (flags >> 2 & 3) switch
    {
        1 => "Alternate",
        2 => "Root",
        3 => "Designated",
        _ => "Unknown",
    };

    private static string? VersionName(int version) => version switch
    {
        0 => "802.1d",
        Rapid => "802.1w",
        Multiple => "802.1s",
        ShortestPath => "802.1aq",
        _ => null,
    };

    // In units of 1/256 of a second.
    private static void PrintTime(Dissection d, string title, int value)
    {
        int hundredths = (int)Math.Round(value * 100 / 256.0, MidpointRounding.ToEven);
        d.Print($"{title} {hundredths / 100}.{hundredths % 100:d2}s");
    }
}
