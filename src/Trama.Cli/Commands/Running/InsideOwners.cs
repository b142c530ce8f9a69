using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Run;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>Whose a connection of a command's own network is: looked for among the processes of that network.</summary>
/// <param name="process">The command's process.</param>
/// <param name="sockets">The sockets of that network.</param>
internal sealed class InsideOwners(int process, InsideSockets sockets) : IConnectionOwners
{
    private const int MostLooks = 3, MostOpened = 1 << 14;

    // Who opens a connection waits while it is looked for. Of many at once, the rest is looked for afterwards.
    private const double MostShareOfTime = 0.25;
    private static readonly TimeSpan AlwaysAllowed = TimeSpan.FromMilliseconds(500);

    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly InsideProcesses _asItOpens = new(process), _afterwards = new(process);
    private readonly ConcurrentDictionary<(IPEndPoint Client, IPEndPoint Server), SideProcess> _opened = new();
    private TimeSpan _spent;

    /// <summary>
    /// Looks at once whose a connection is that is being opened within: its process waits now, and may be gone soon. One look finds all
    /// that wait at that moment. For one thread.
    /// </summary>
    public void Opens(Endpoint client, Endpoint server)
    {
        (IPEndPoint, IPEndPoint) ends = (Of(client), Of(server));
        _opened.TryRemove(ends, out _);
        uint inode = sockets.InodeOf(ends.Item1, ends.Item2);
        SideProcess? found = _asItOpens.Holder(inode);
        if (found is null && inode != 0 && _spent <= AlwaysAllowed + Stopwatch.GetElapsedTime(_since) * MostShareOfTime)
        {
            long began = Stopwatch.GetTimestamp();
            _asItOpens.Look();
            _spent += Stopwatch.GetElapsedTime(began);
            found = _asItOpens.Holder(inode);
        }

        if (found is null) return;
        if (_opened.Count >= MostOpened) _opened.Clear();
        _opened[ends] = found;
    }

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient)
    {
        (Endpoint client, Endpoint server) = isFromClient ? (first.Source, first.Destination) : (first.Destination, first.Source);
        (IPEndPoint near, IPEndPoint far) = (Of(client), Of(server));
        _opened.TryRemove((near, far), out SideProcess? opened);
        Func<SideProcess?> ofClient = Once(near, far, opened), ofServer = Once(far, near, null);
        ofClient();
        return side => side == Side.Client ? ofClient() : ofServer();
    }

    // A socket that is not there at first, since it was not accepted yet, is looked for again, a few times.
    private Func<SideProcess?> Once(IPEndPoint local, IPEndPoint peer, SideProcess? found)
    {
        int looks = 0;
        return () => found ??= looks++ < MostLooks ? Find(local, peer) : null;
    }

    private SideProcess? Find(IPEndPoint local, IPEndPoint peer)
    {
        uint inode = sockets.InodeOf(local, peer);
        if (inode == 0) return null;
        if (_afterwards.Holder(inode) is { } seen) return seen;
        _afterwards.Look();
        return _afterwards.Holder(inode);
    }

    private static IPEndPoint Of(in Endpoint endpoint)
    {
        byte[] bytes = new byte[endpoint.Address.IsIpv6 ? 16 : 4];
        endpoint.Address.WriteBytes(bytes);
        return new IPEndPoint(new IPAddress(bytes), endpoint.Port);
    }
}
