using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Trama.Processes.Native;

namespace Trama.Processes.Sockets;

/// <summary>
/// The TCP sockets of this network, asked of the kernel (sock_diag(7)). Needs no rights; everybody is told of everybody's sockets. For one
/// thread at a time.
/// </summary>
public sealed class SocketTable : IDisposable
{
    // The kernel fills up to 32 KiB at a time.
    private const int AnswerBytes = 64 * 1024;
    private const int MaxSockets = 1 << 22;
    private const int NoSuchSocket = 2;
    private const int Interrupted = 4;

    private readonly SafeFileHandle _netlink;
    private readonly byte[] _answer = new byte[AnswerBytes];
    private readonly byte[] _request = new byte[DiagRequest.ListLength];
    private uint _sequence;

    /// <summary>Begins to ask.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public SocketTable()
    {
        int descriptor = OperatingSystem.IsLinux() ? Libc.Socket(Libc.Netlink, Libc.RawClosedOnExec, Libc.SocketDiagnosis) : -1;
        if (descriptor < 0) throw new SocketTableException(OperatingSystem.IsLinux() ? Marshal.GetLastPInvokeErrorMessage() : "not Linux");
        _netlink = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Goes on to ask with what another process asked with, of the network in which that was made.</summary>
    /// <param name="handle">Its <see cref="Handle"/>, which is closed with this.</param>
    public SocketTable(SafeFileHandle handle) => _netlink = handle;

    /// <summary>What it asks with; may be handed to another process.</summary>
    public SafeFileHandle Handle => _netlink;

    /// <summary>Every socket, in the order in which the kernel has them.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public List<TcpSocket> List()
    {
        var sockets = new List<TcpSocket>();
        AskForAll(DiagRequest.AllStates, answer =>
        {
            if (sockets.Count < MaxSockets && DiagReply.TryRead(answer, out TcpSocket socket)) sockets.Add(socket);
        });
        return sockets;
    }

    /// <summary>Where somebody listens. Other sockets are not gone through, so that it costs the same beside any number of them.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public List<IPEndPoint> ListListening()
    {
        var places = new List<IPEndPoint>();
        AskForAll(1u << (int)TcpSocketState.Listening, answer =>
        {
            if (places.Count < MaxSockets && DiagReply.TryRead(answer, out TcpSocket socket)) places.Add(socket.Local);
        });
        return places;
    }

    /// <summary>Every UDP socket.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public List<UdpSocket> ListUdp()
    {
        var sockets = new List<UdpSocket>();
        foreach (byte family in (ReadOnlySpan<byte>)[DiagIdentity.Ipv4, DiagIdentity.Ipv6])
        {
            DiagRequest.AllUdp(family, ++_sequence, _request);
            int error = Ask(DiagRequest.Length, DiagRequest.Type, isList: true, answer =>
            {
                if (sockets.Count < MaxSockets && DiagReply.TryRead(answer, out TcpSocket socket))
                    sockets.Add(new UdpSocket(socket.Local, socket.Peer, socket.Inode));
            });
            if (error != 0 && error != NoSuchSocket) throw new SocketTableException(Marshal.GetPInvokeErrorMessage(error));
        }

        return sockets;
    }

    /// <summary>Every connection by a Unix socket with a path; none where the kernel does not tell of them.</summary>
    public List<UnixConnection> ListUnix()
    {
        var connections = new List<UnixConnection>();
        UnixDiag.All(++_sequence, _request);
        _ = Ask(UnixDiag.Length, DiagRequest.Type, isList: true, answer =>
        {
            if (connections.Count < MaxSockets && UnixDiag.TryRead(answer, out UnixConnection connection)) connections.Add(connection);
        });
        return connections;
    }

    /// <summary>How much each socket has sent and received so far, by its cookie.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public Dictionary<ulong, SocketTraffic> Traffic()
    {
        var all = new Dictionary<ulong, SocketTraffic>();
        AskForAll(DiagRequest.AllStates, answer =>
        {
            if (all.Count < MaxSockets && DiagReply.TryReadTraffic(answer, out ulong cookie, out SocketTraffic one)) all[cookie] = one;
        });
        return all;
    }

    /// <summary>The socket between these two; null when there is none. A socket that listens there is none.</summary>
    /// <param name="local">This machine's side.</param>
    /// <param name="peer">The other side.</param>
    public TcpSocket? Find(IPEndPoint local, IPEndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(peer);
        return Query(local, peer) is { State: not TcpSocketState.Listening } socket && socket.Local.Port == local.Port
            && socket.Peer.Port == peer.Port ? socket : null;
    }

    /// <summary>The socket that would take a connection to <paramref name="local"/>; null when none listens there.</summary>
    public TcpSocket? FindListener(IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        var nobody = new IPEndPoint(local.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        return Query(local, nobody) is { State: TcpSocketState.Listening } socket ? socket : null;
    }

    /// <summary>Ends a connection: its program gets an error (ECONNABORTED). Needs <c>CAP_NET_ADMIN</c> in this network.</summary>
    /// <returns>Whether the kernel did.</returns>
    public bool TryAbort(TcpSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        byte family = socket.Local.AddressFamily == AddressFamily.InterNetwork ? DiagIdentity.Ipv4 : DiagIdentity.Ipv6;
        var identity = new DiagIdentity(socket.Local, socket.Peer, socket.Device, socket.Cookie);
        DiagRequest.End(family, identity, ++_sequence, _request);
        return Ask(DiagRequest.Length, DiagRequest.EndType, isList: false, _ => { }) == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _netlink.Dispose();

    private TcpSocket? Query(IPEndPoint local, IPEndPoint peer)
    {
        byte family = local.AddressFamily == AddressFamily.InterNetwork ? DiagIdentity.Ipv4 : DiagIdentity.Ipv6;
        DiagRequest.One(family, new DiagIdentity(local, peer, 0, DiagIdentity.AnyCookie), ++_sequence, _request);
        TcpSocket? found = null;
        return Ask(DiagRequest.Length, DiagRequest.Type, isList: false, answer => DiagReply.TryRead(answer, out found)) == 0 ? found : null;
    }

    private void AskForAll(uint states, Action<ReadOnlySpan<byte>> take)
    {
        DiagRequest.All(states, ++_sequence, _request);
        int error = Ask(DiagRequest.ListLength, DiagRequest.ListType, isList: true, take);
        if (error != 0) throw new SocketTableException(Marshal.GetPInvokeErrorMessage(error));
    }

    // Sends the question and reads its answers; an errno, 0 when all came.
    private int Ask(int length, ushort type, bool isList, Action<ReadOnlySpan<byte>> take)
    {
        if (Libc.Send(_netlink, _request, (nuint)length, 0) != length) return Marshal.GetLastPInvokeError();
        while (true)
        {
            nint came = Libc.Receive(_netlink, _answer, AnswerBytes, 0);
            if (came < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (came <= 0) return came == 0 ? NoSuchSocket : Marshal.GetLastPInvokeError();
            var messages = new NetlinkMessages(_answer.AsSpan(0, (int)came));
            while (messages.TryTake(out NetlinkMessage message))
            {
                // What an earlier question left behind.
                if (message.Sequence != _sequence) continue;
                if (message.Type == NetlinkMessage.Done) return 0;
                if (message.Type == NetlinkMessage.Error) return message.ErrorNumber;
                if (message.Type == type) take(message.Payload);
                if (!isList) return 0;
            }
        }
    }
}
