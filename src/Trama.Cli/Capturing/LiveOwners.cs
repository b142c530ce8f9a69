using System.Net;
using Trama.Captures;
using Trama.Captures.Live;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Processes.Owning;
using Trama.Processes.Sockets;
using Trama.Tracing;
using Trama.Tracing.Tracking;

namespace Trama.Cli.Capturing;

/// <summary>
/// Whose the connections of a live capture are. A second, small capture hears of each SYN at once, where the packets themselves come in
/// blocks; a process may be gone by then.
/// </summary>
internal sealed class LiveOwners : IPacketOwners, IDisposable
{
    // Of IPv6, pcap-filter(7) looks at no flags by name.
    private const string Syns = "tcp[tcpflags] & tcp-syn != 0 or (ip6[6] = 6 and ip6[53] & 2 != 0)";
    private const int SnapLength = 256;

    private readonly OwnerFinder _finder;
    private readonly LiveCapture? _syns;
    private readonly Thread? _thread;

    private LiveOwners(OwnerFinder finder, LiveCapture? syns)
    {
        (_finder, _syns) = (finder, syns);
        if (syns is null) return;
        _thread = new Thread(() => Hear(syns)) { Name = "syns", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Begins, with root's rights where there are any; null where the system does not tell of sockets.</summary>
    /// <param name="device">The device that is captured on.</param>
    public static LiveOwners? Open(string device)
    {
        using Privileges.Raised rights = Privileges.Raise();
        ISocketHolderSource holders = HolderService.Start();
        var watch = ConnectWatch.Open();
        try
        {
            // Where the kernel tells who connects, nobody has to be quick.
            return new LiveOwners(new OwnerFinder(holders, watch), watch is null ? OpenSyns(device) : null);
        }
        catch (SocketTableException)
        {
            watch?.Dispose();
            holders.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient)
    {
        OwnedConnection owned = Follow(first, isFromClient, atOnce: false);
        return side => SideProcesses.Of(side == Side.Client ? owned.ClientOwner : owned.ServerOwner);
    }

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? OfConnection(in TcpSegment segment) => Begin(segment, !IsFromServer(segment));

    /// <summary>Whose a segment is: who sends it, and who receives it, as far as that is known now.</summary>
    public (SideProcess? Sender, SideProcess? Receiver) Of(in TcpSegment segment)
    {
        bool isFromServer = IsFromServer(segment);
        OwnedConnection owned = Follow(segment, !isFromServer, atOnce: false);
        SideProcess? client = SideProcesses.Of(owned.ClientOwner), server = SideProcesses.Of(owned.ServerOwner);
        return isFromServer ? (server, client) : (client, server);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _syns?.Stop();
        _thread?.Join();
        _syns?.Dispose();
        _finder.Dispose();
    }

    private bool IsFromServer(in TcpSegment segment)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack)) return true;
        IPEndPoint source = Of(segment.Source), destination = Of(segment.Destination);
        if (_finder.IsFollowed(source, destination)) return false;
        return _finder.IsFollowed(destination, source) || !Roles.SenderIsClient(segment);
    }

    private static LiveCapture? OpenSyns(string device)
    {
        LiveCapture? capture = null;
        try
        {
            capture = LiveCapture.Open(device,
                new LiveOptions { Immediate = true, Promiscuous = false, SnapLength = SnapLength, BufferBytes = 1 << 20 });
            capture.Apply(capture.Compile(Syns));
            return capture;
        }
        catch (CaptureException)
        {
            // A device of another kind: connections are followed when their packets come.
            capture?.Dispose();
            return null;
        }
    }

    private void Hear(LiveCapture syns)
    {
        var decoder = new SegmentDecoder();
        try
        {
            while (syns.TryRead(out Record record))
            {
                if (decoder.Decode(record, out TcpSegment segment) == Decoded.Segment
                    && (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn)
                    Follow(segment, isFromClient: true, atOnce: true);
            }
        }
        catch (CaptureException)
        {
            // The device went away; the capture itself tells of it.
        }
    }

    private OwnedConnection Follow(in TcpSegment segment, bool isFromClient, bool atOnce)
    {
        (Endpoint client, Endpoint server) = isFromClient ? (segment.Source, segment.Destination) : (segment.Destination, segment.Source);
        bool begins = (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;
        return _finder.Follow(
            Of(client), Of(server), begins ? segment.Timestamp.Nanoseconds : null, begins ? segment.Sequence.Value : 0, atOnce);
    }

    private static IPEndPoint Of(Endpoint endpoint)
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPEndPoint(new IPAddress(bytes[..endpoint.Address.WriteBytes(bytes)]), endpoint.Port);
    }
}
