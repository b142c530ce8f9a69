namespace Trama.Dump.Link;

/// <summary>Prints what <c>-v</c> adds of a message of multiple spanning trees, IEEE 802.1Q section 14.</summary>
internal static class MultipleSpanningTree
{
    private const int FlagsAt = 4, RootAt = 5, ExternalCostAt = 13, RegionalRootAt = 17, PortAt = 25, LengthAt = 36, NameAt = 39;
    private const int NameLength = 32, RevisionAt = 71, DigestAt = 73, DigestLength = 16, InternalCostAt = 89, BridgeAt = 93;
    private const int HopsAt = 101, InstancesAt = 102;
    private const int InstanceLength = 16, FixedLength = 64;
    private const int InstanceRootAt = 1, InstanceCostAt = 9, InstanceBridgePriorityAt = 13;
    private const int InstancePortPriorityAt = 14, InstanceHopsAt = 15;

    /// <summary>Prints the rest of a message, which is long enough for its fixed part.</summary>
    public static void Print(Dissection d, PacketBytes bytes)
    {
        d.Print($"\n\tport-role {SpanningTreePrinter.RoleName(bytes.U8(FlagsAt))}, CIST root-id ");
        SpanningTreePrinter.PrintBridge(d, bytes, RootAt);
        d.Print($", CIST ext-pathcost {bytes.U32(ExternalCostAt)}\n\tCIST regional-root-id ");
        SpanningTreePrinter.PrintBridge(d, bytes, RegionalRootAt);
        d.Print($", CIST port-id {bytes.U16(PortAt):x4},\n\t");
        SpanningTreePrinter.PrintTimes(d, bytes);
        int length = bytes.U16(LengthAt);
        d.Print($"\n\tv3len {length}, MCID Name ");
        PrintName(d, bytes);
        d.Print($", rev {bytes.U16(RevisionAt)},\n\t\tdigest {bytes.Fetch(DigestAt, DigestLength):x}, ");
        d.Print($"CIST int-root-pathcost {bytes.U32(InternalCostAt)}");
        d.Print($",\n\tCIST bridge-id ");
        SpanningTreePrinter.PrintBridge(d, bytes, BridgeAt);
        d.Print($", CIST remaining-hops {bytes.U8(HopsAt)}");
        int end = InstancesAt + length - FixedLength;
        for (int at = InstancesAt; at + InstanceLength <= end && !d.IsCut; at += InstanceLength) PrintInstance(d, bytes.From(at));
    }

    private static void PrintInstance(Dissection d, PacketBytes bytes)
    {
        int flags = bytes.U8(0);
        int instance = bytes.U16(InstanceRootAt) & 0xfff;
        d.Print($"\n\tMSTI {instance}, Flags [");
        SpanningTreePrinter.PrintFlags(d, flags);
        d.Print($"], port-role {SpanningTreePrinter.RoleName(flags)}\n\t\tMSTI regional-root-id ");
        SpanningTreePrinter.PrintBridge(d, bytes, InstanceRootAt);
        d.Print($", pathcost {bytes.U32(InstanceCostAt)}");
        int bridge = bytes.U8(InstanceBridgePriorityAt), port = bytes.U8(InstancePortPriorityAt), hops = bytes.U8(InstanceHopsAt);
        d.Print($"\n\t\tMSTI bridge-prio {bridge >> 4}, port-prio {port >> 4}, hops {hops}");
    }

    // A name ends at a NUL; what is no text is shown as bytes are.
    private static void PrintName(Dissection d, PacketBytes bytes) => Text.WireText.AppendPadded(d.Output, bytes, NameAt, NameLength);
}
