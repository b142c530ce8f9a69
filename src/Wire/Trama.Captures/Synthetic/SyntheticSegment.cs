using Trama.Packets.Transport;

namespace Trama.Captures.Synthetic;

/// <summary>What the header of a segment says of its stream.</summary>
/// <param name="Sequence">The number of its first byte.</param>
/// <param name="Acknowledgement">The number of the next byte that its sender expects; with <see cref="TcpFlags.Ack"/> only.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Window">The window, unscaled.</param>
internal readonly record struct SyntheticSegment(SequenceNumber Sequence, SequenceNumber Acknowledgement, TcpFlags Flags, ushort Window);
