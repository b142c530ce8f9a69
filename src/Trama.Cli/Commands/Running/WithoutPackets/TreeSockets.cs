using System.Net;
using Trama.Cli.Reporting;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Running.WithoutPackets;

/// <summary>
/// The sockets of a command and its children, asked of the kernel again and again. What was made and ended between two looks is nobody's.
/// </summary>
internal sealed class TreeSockets : IDisposable
{
    private const int MostSockets = 1 << 16, MostUdp = 1024;

    private readonly SocketTable _table = new();
    private readonly EndedSockets? _ended = EndedSockets.Open();
    private readonly ProcessTable _processes = new();
    private readonly TreeHolders _holders;
    private readonly Dictionary<ulong, SeenSocket> _open = [];
    private readonly HashSet<(IPEndPoint, IPEndPoint)> _ours = [];
    private readonly Dictionary<(IPEndPoint, IPEndPoint), SeenSocket> _nobodys = [];
    private readonly HashSet<IPEndPoint> _udp = [];
    private readonly HashSet<int> _ports = [];

    /// <summary>Begins.</summary>
    /// <param name="isOfTree">Whether a process is the command's.</param>
    /// <exception cref="SocketTableException">The kernel does not tell of sockets.</exception>
    public TreeSockets(Func<int, bool> isOfTree) => _holders = new TreeHolders(isOfTree);

    /// <summary>Its connections by Unix sockets.</summary>
    public SeenUnixSockets UnixSockets { get; } = new();

    /// <summary>Where the command spoke to by UDP.</summary>
    public IReadOnlyCollection<IPEndPoint> Udp => _udp;

    /// <summary>The connections of this machine that ended of which it is not known whose they were.</summary>
    public IEnumerable<SeenSocket> Nobodys => _nobodys.Where(one => !_ours.Contains(one.Key)).Select(one => one.Value);

    /// <summary>Whether the kernel tells how connections ended, and told of all.</summary>
    public bool KnowsEnds => _ended is { HasLost: false };

    /// <summary>Looks.</summary>
    /// <returns>The connections that are over.</returns>
    public List<SeenSocket> Look()
    {
        Dictionary<uint, int> holders = _holders.Look();
        HashSet<ulong> present = [];
        if (holders.Count > 0)
        {
            LookAtTcp(holders, present);
            UnixSockets.Add(_table.ListUnix(), () => holders);
            foreach (UdpSocket socket in _table.ListUdp())
                if (socket.Peer.Port != 0 && holders.ContainsKey(socket.Inode) && _udp.Count < MostUdp) _udp.Add(socket.Peer);
        }

        var over = new List<SeenSocket>();
        foreach (TcpSocket socket in _ended?.Take() ?? [])
        {
            if (_open.Remove(socket.Cookie, out SeenSocket? seen))
            {
                seen.End(socket);
                over.Add(seen);
            }
            else if (_nobodys.Count < MostSockets && socket.Peer.Port != 0)
            {
                Keep(socket);
            }
        }

        if (_ended is null) TakeGone(present, over);
        return over;
    }

    /// <summary>Those that are not over.</summary>
    public IEnumerable<SeenSocket> Rest => _open.Values;

    /// <inheritdoc/>
    public void Dispose()
    {
        _table.Dispose();
        _ended?.Dispose();
    }

    private void LookAtTcp(Dictionary<uint, int> holders, HashSet<ulong> present)
    {
        List<TcpSocket> sockets = _table.List();
        foreach (TcpSocket socket in sockets)
            if (socket.State == TcpSocketState.Listening && holders.ContainsKey(socket.Inode)) _ports.Add(socket.Local.Port);
        foreach (TcpSocket socket in sockets)
        {
            if (socket.State is TcpSocketState.Listening || socket.Peer.Port == 0) continue;
            if (_open.TryGetValue(socket.Cookie, out SeenSocket? seen)) seen.Look(socket);
            else if (holders.TryGetValue(socket.Inode, out int process) && _open.Count < MostSockets) Begin(socket, process);
            else continue;
            present.Add(socket.Cookie);
        }
    }

    private void Begin(TcpSocket socket, int process)
    {
        _open[socket.Cookie] = new SeenSocket(_processes.Of(process), socket, SilentReplies.Now, _ports.Contains(socket.Local.Port));
        if (_ours.Count < MostSockets) _ours.Add(Pair(socket));
    }

    private void Keep(TcpSocket socket)
    {
        var seen = new SeenSocket(null, socket, SilentReplies.Now, isServer: false);
        seen.End(socket);
        // Of the two within this machine the client's, which mostly has the higher port.
        if (socket.Local.Port > socket.Peer.Port) _nobodys[Pair(socket)] = seen;
        else _nobodys.TryAdd(Pair(socket), seen);
    }

    // Of a connection within this machine there are two sockets.
    private static (IPEndPoint, IPEndPoint) Pair(TcpSocket socket) =>
        socket.Local.Port < socket.Peer.Port ? (socket.Local, socket.Peer) : (socket.Peer, socket.Local);

    // Where the kernel does not tell of ends, what is there no more has ended.
    private void TakeGone(HashSet<ulong> present, List<SeenSocket> over)
    {
        foreach (ulong cookie in _open.Keys.Where(cookie => !present.Contains(cookie)).ToArray())
        {
            _open.Remove(cookie, out SeenSocket? seen);
            seen!.End(seen.Last);
            over.Add(seen);
        }
    }
}
