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
    private readonly byte[] _request = new byte[DiagRequest.Length];
    private uint _sequence;

    /// <summary>Begins to ask.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public SocketTable()
    {
        int descriptor = OperatingSystem.IsLinux() ? Libc.Socket(Libc.Netlink, Libc.RawClosedOnExec, Libc.SocketDiagnosis) : -1;
        if (descriptor < 0) throw new SocketTableException(OperatingSystem.IsLinux() ? Marshal.GetLastPInvokeErrorMessage() : "not Linux");
        _netlink = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Every socket: IPv4, then IPv6, each as the kernel has them.</summary>
    /// <exception cref="SocketTableException">The kernel does not tell.</exception>
    public List<TcpSocket> List()
    {
        var sockets = new List<TcpSocket>();
        foreach (byte family in (ReadOnlySpan<byte>)[DiagIdentity.Ipv4, DiagIdentity.Ipv6])
        {
            DiagRequest.All(family, ++_sequence, _request);
            int error = Ask(sockets);
            if (error != 0 && error != NoSuchSocket) throw new SocketTableException(Marshal.GetPInvokeErrorMessage(error));
        }

        return sockets;
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

    /// <inheritdoc/>
    public void Dispose() => _netlink.Dispose();

    private TcpSocket? Query(IPEndPoint local, IPEndPoint peer)
    {
        byte family = local.AddressFamily == AddressFamily.InterNetwork ? DiagIdentity.Ipv4 : DiagIdentity.Ipv6;
        DiagRequest.One(family, new DiagIdentity(local, peer, 0, DiagIdentity.AnyCookie), ++_sequence, _request);
        var found = new List<TcpSocket>(1);
        return Ask(found, isList: false) == 0 && found.Count == 1 ? found[0] : null;
    }

    // Sends the question and reads its answers; an errno, 0 when all came.
    private int Ask(List<TcpSocket> sockets, bool isList = true)
    {
        if (Libc.Send(_netlink, _request, (nuint)_request.Length, 0) != _request.Length) return Marshal.GetLastPInvokeError();
        while (sockets.Count < MaxSockets)
        {
            nint length = Libc.Receive(_netlink, _answer, AnswerBytes, 0);
            if (length < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (length <= 0) return length == 0 ? NoSuchSocket : Marshal.GetLastPInvokeError();
            var messages = new NetlinkMessages(_answer.AsSpan(0, (int)length));
            while (messages.TryTake(out NetlinkMessage message))
            {
                // What an earlier question left behind.
                if (message.Sequence != _sequence) continue;
                if (message.Type == NetlinkMessage.Done) return 0;
                if (message.Type == NetlinkMessage.Error) return message.ErrorNumber;
                if (message.Type == DiagRequest.Type && DiagReply.TryRead(message.Payload, out TcpSocket socket)) sockets.Add(socket);
                if (!isList) return 0;
            }
        }

        return 0;
    }
}
