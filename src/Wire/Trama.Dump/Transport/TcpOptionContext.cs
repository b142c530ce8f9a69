using Trama.Packets.Transport;

namespace Trama.Dump.Transport;

/// <summary>What the text of a TCP option depends on besides its own bytes.</summary>
/// <param name="Flags">The segment's control bits.</param>
/// <param name="SelectiveOrigin">What selective acknowledgements are shown relative to.</param>
/// <param name="IsWhole">Whether the segment was captured to its end.</param>
internal readonly record struct TcpOptionContext(TcpFlags Flags, uint SelectiveOrigin, bool IsWhole);
