using Trama.Packets.Transport;

namespace Trama.Packets.Building;

/// <summary>What a TCP header that is to be written says.</summary>
/// <param name="SourcePort">The sender's port.</param>
/// <param name="DestinationPort">The receiver's port.</param>
/// <param name="Sequence">The sequence number of the first payload byte, or of the SYN.</param>
/// <param name="Acknowledgement">The next sequence number expected; written as 0 without <see cref="TcpFlags.Ack"/>.</param>
/// <param name="Flags">The control bits.</param>
/// <param name="Window">The window, unscaled.</param>
public readonly record struct TcpFields(
    ushort SourcePort, ushort DestinationPort, SequenceNumber Sequence, SequenceNumber Acknowledgement, TcpFlags Flags, ushort Window);
