using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>Tells the client from the server by the first segment seen of a connection.</summary>
internal static class Roles
{
    // Where systems take the ports of clients from: Linux from 32768, the IANA's dynamic range from 49152.
    private const int FirstEphemeralPort = 32_768;

    // RFC 6335 section 6: system ports end here.
    private const int SystemPorts = 1024;

    // gRPC's servers have it by custom, among the ports of clients.
    private const int Grpc = 50_051;

    public static bool SenderIsClient(in TcpSegment segment)
    {
        TcpFlags flags = segment.Flags;
        if ((flags & TcpFlags.Syn) != 0) return (flags & TcpFlags.Ack) == 0;
        int from = Rank(segment.Source.Port), to = Rank(segment.Destination.Port);
        return from >= to;
    }

    private static int Rank(int port) => port < SystemPorts ? 0 : port is < FirstEphemeralPort or Grpc ? 1 : 2;
}
