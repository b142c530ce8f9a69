using System.Collections.Frozen;
using Trama.Framing;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>Tells the client from the server by the first segment seen of a connection.</summary>
public static class Roles
{
    // Where systems take the ports of clients from: Linux from 32768, the IANA's dynamic range from 49152.
    private const int FirstEphemeralPort = 32_768;

    // RFC 6335 section 6: system ports end here.
    private const int SystemPorts = 1024;

    // Where servers are by custom: HTTP's other ports, proxies, remote desktops, gRPC among the ports of clients.
    private static readonly ushort[] s_customary = [3128, 3389, 5000, 5900, 8000, 8008, 8080, 8081, 8443, 8888, 9200, 50_051];

    private static readonly FrozenSet<ushort> s_known =
        Protocols.All.SelectMany(protocol => protocol.Ports.ToArray()).Concat(s_customary).ToFrozenSet();

    /// <summary>Whether who sends a connection's first captured segment is taken for its client.</summary>
    public static bool SenderIsClient(in TcpSegment segment)
    {
        TcpFlags flags = segment.Flags;
        if ((flags & TcpFlags.Syn) != 0) return (flags & TcpFlags.Ack) == 0;
        int ranks = Rank(segment.Source.Port) - Rank(segment.Destination.Port);
        // Between two ports that either side could have, what is said may tell whose it is.
        return ranks != 0 ? ranks > 0 : Speakers.DirectionOf(segment.Payload) != Direction.ToClient;
    }

    /// <summary>Whether the ports of two endpoints do not tell which one is the server's.</summary>
    internal static bool AreAlike(in Endpoint one, in Endpoint other) => Rank(one.Port) == Rank(other.Port);

    private static int Rank(ushort port) => port < SystemPorts ? 0 : s_known.Contains(port) ? 1 : port < FirstEphemeralPort ? 2 : 3;
}
