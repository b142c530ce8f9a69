using System.Net;
using System.Net.Sockets;

namespace Trama.Run.Gateway;

/// <summary>
/// The ports on which the command listens, opened on this machine at the same addresses unless others are chosen: loopback stays
/// loopback. They are looked for
/// every so often, since the kernel tells nobody that a program listens.
/// </summary>
/// <param name="sockets">The sockets of the command's network.</param>
/// <param name="settings">Where some of them are opened instead, and who is told of those that cannot be.</param>
internal sealed class PublishedPorts(InsideSockets sockets, OwnNetworkSettings settings) : IDisposable
{
    /// <summary>How long between two looks, in nanoseconds.</summary>
    public const long IntervalNs = 50_000_000;

    private const int MostPorts = 256;

    private readonly Dictionary<IPEndPoint, Socket?> _ports = [];

    /// <summary>Looks for ports that are new, or gone.</summary>
    /// <returns>The sockets that listen from now on.</returns>
    public List<(IPEndPoint At, Socket Listener)> Look()
    {
        var opened = new List<(IPEndPoint, Socket)>();
        HashSet<IPEndPoint> now = [.. sockets.Listening().Take(MostPorts)];
        foreach (IPEndPoint gone in _ports.Keys.Except(now).ToArray())
        {
            _ports[gone]?.Dispose();
            _ports.Remove(gone);
        }

        foreach (IPEndPoint place in now.Where(place => !_ports.ContainsKey(place)))
        {
            _ports[place] = Open(place, now);
            if (_ports[place] is { } listener) opened.Add((place, listener));
        }

        return opened;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Socket? listener in _ports.Values) listener?.Dispose();
    }

    private Socket? Open(IPEndPoint within, HashSet<IPEndPoint> all)
    {
        IPEndPoint place = settings.Places.FirstOrDefault(published => published.Within == within.Port)?.Of(within) ?? within;
        var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            // A program that listens at [::] takes IPv4 too, unless another takes that.
            if (place.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = place.Address.Equals(IPAddress.IPv6Any) && !all.Contains(new IPEndPoint(IPAddress.Any, within.Port));
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(place);
            socket.Listen();
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            settings.NotPublished(within, error.Message);
            return null;
        }
    }
}
