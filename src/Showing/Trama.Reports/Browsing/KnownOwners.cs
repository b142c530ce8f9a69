using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Reports.Browsing;

/// <summary>Tells of a connection that is traced again whose it was the first time.</summary>
internal sealed class KnownOwners(Connection known) : IConnectionOwners
{
    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment segment, bool senderIsClient) => known.Process;
}
