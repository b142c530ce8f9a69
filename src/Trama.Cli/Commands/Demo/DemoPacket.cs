using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Cli.Commands.Demo;

/// <summary>A captured segment as the explanation speaks of it: the numbers that tcpdump's line shows, and those that it hides.</summary>
/// <param name="Number">Its number in the capture, from 1.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Flags">Its control bits.</param>
/// <param name="Sequence">Its sequence number as it is on the wire.</param>
/// <param name="Acknowledgement">Its acknowledgement number as it is on the wire.</param>
/// <param name="RelativeSequence">Its sequence number counted from the SYN.</param>
/// <param name="RelativeAcknowledgement">Its acknowledgement number counted from the other side's SYN.</param>
/// <param name="Window">Its window field as it is on the wire, not scaled.</param>
/// <param name="Length">Its payload, in bytes.</param>
internal sealed record DemoPacket(
    long Number,
    Side From,
    TcpFlags Flags,
    uint Sequence,
    uint Acknowledgement,
    uint RelativeSequence,
    uint RelativeAcknowledgement,
    int Window,
    int Length)
{
    /// <summary>Whether it has exactly these of SYN, FIN and RST.</summary>
    public bool Is(TcpFlags flags) => (Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == flags;

    /// <summary>Whether it only acknowledges.</summary>
    public bool IsPureAcknowledgement => Flags == TcpFlags.Ack && Length == 0;
}
