using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Trama.Processes.Native;

namespace Trama.Processes.Sockets;

/// <summary>
/// Hears from the kernel of each TCP socket of this network as it ends, with its last counters (the groups of sock_diag(7)). Needs no
/// rights. For one thread at a time.
/// </summary>
public sealed class EndedSockets : IDisposable
{
    private const int AnswerBytes = 16 << 10, DoNotWait = 0x40, NoRoom = 105, Interrupted = 4, MostInARow = 1 << 14;

    // SKNLGRP_INET_TCP_DESTROY and SKNLGRP_INET6_TCP_DESTROY, each a bit from 1.
    private const uint TcpOfBothFamilies = 1 << 0 | 1 << 2;

    private readonly SafeFileHandle _netlink;
    private readonly byte[] _answer = new byte[AnswerBytes];

    private EndedSockets(SafeFileHandle netlink) => _netlink = netlink;

    /// <summary>Whether more ended at once than the kernel keeps for a listener.</summary>
    public bool HasLost { get; private set; }

    /// <summary>Begins to listen; null where the kernel does not tell.</summary>
    public static EndedSockets? Open()
    {
        if (!OperatingSystem.IsLinux()) return null;
        int descriptor = Libc.Socket(Libc.Netlink, Libc.RawClosedOnExec, Libc.SocketDiagnosis);
        if (descriptor < 0) return null;
        var netlink = new SafeFileHandle(descriptor, ownsHandle: true);
        // struct sockaddr_nl: family, padding, port, groups.
        ReadOnlySpan<uint> address = [Libc.Netlink, 0, TcpOfBothFamilies];
        if (Libc.Bind(netlink, address, 3 * sizeof(uint)) == 0) return new EndedSockets(netlink);
        netlink.Dispose();
        return null;
    }

    /// <summary>What ended since the last call; does not wait. No program has such a socket any more, so it has no inode.</summary>
    public List<TcpSocket> Take()
    {
        var ended = new List<TcpSocket>();
        while (ended.Count < MostInARow)
        {
            nint length = Libc.Receive(_netlink, _answer, AnswerBytes, DoNotWait);
            int error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            HasLost |= error == NoRoom;
            if (error is NoRoom or Interrupted) continue;
            if (length <= 0) break;
            var messages = new NetlinkMessages(_answer.AsSpan(0, (int)length));
            while (messages.TryTake(out NetlinkMessage message))
                if (message.Type == DiagRequest.Type && DiagReply.TryRead(message.Payload, out TcpSocket socket)) ended.Add(socket);
        }

        return ended;
    }

    /// <inheritdoc/>
    public void Dispose() => _netlink.Dispose();
}
