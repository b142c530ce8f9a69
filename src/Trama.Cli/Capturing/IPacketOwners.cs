using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>Tells whose the connections of packets are that come now.</summary>
internal interface IPacketOwners : IConnectionOwners
{
    /// <summary>
    /// Tells whose the sides of a segment's connection are, as far as that is known when it is called; null when nothing will be known.
    /// </summary>
    Func<Side, SideProcess?>? OfConnection(in TcpSegment segment);
}
