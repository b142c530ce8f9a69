namespace Trama.Dump.Application;

/// <summary>Chooses, by port, the printer of what a TCP segment carries.</summary>
internal static class TcpPayloadPrinter
{
    /// <summary>Prints a segment's payload, when its port is one that a printer knows.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="sourcePort">The sender's port.</param>
    /// <param name="destinationPort">The receiver's port.</param>
    /// <param name="bytes">The captured bytes of the payload.</param>
    /// <param name="length">The payload's length on the wire; more than zero.</param>
    public static void Print(Dissection d, ushort sourcePort, ushort destinationPort, PacketBytes bytes, int length)
    {
    }
}
