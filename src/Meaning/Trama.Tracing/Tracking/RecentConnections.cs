using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// A connection for each of a number of hashes, the last one looked up: a load with many connections finds most of its
/// packets' here, sooner than in a dictionary.
/// </summary>
internal sealed class RecentConnections
{
    private const int Bits = 10;

    private readonly Flow?[] _places = new Flow?[1 << Bits];

    /// <summary>The place for a connection between two endpoints, in either order. It may hold another connection's.</summary>
    public ref Flow? Of(in Endpoint one, in Endpoint other) =>
        ref _places[(uint)(one.GetHashCode() ^ other.GetHashCode()) >> (32 - Bits)];

    /// <summary>Lets go of a connection that is tracked no more.</summary>
    public void Forget(Flow flow)
    {
        ref Flow? place = ref Of(flow.Client, flow.Server);
        if (place == flow) place = null;
    }
}
