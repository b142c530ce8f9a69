namespace Trama.Dump.Application;

/// <summary>Prints NFS calls and replies (RFC 1813) in RPC messages (RFC 5531).</summary>
internal static class NfsPrinter
{
    private const ushort Port = 2049;

    /// <summary>Whether an RPC message goes to, or comes from, a server of network files.</summary>
    public static bool IsMessage(ushort source, ushort destination, PacketBytes message) =>
        (source == Port || destination == Port)
        && message.Has(8)
        && message.U32(4) is var direction
        && ((destination == Port && direction == 0) || (source == Port && direction == 1));

    /// <summary>Prints an RPC message.</summary>
    public static void Print(Dissection d, PacketBytes message, int length)
    {
        bool isReply = message.U32(4) == 1;
        d.Print($"NFS {(isReply ? "reply" : "request")} xid {message.U32(0)} ");
    }
}
