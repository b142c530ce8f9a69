using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>What the kernel says of a socket: <c>struct inet_diag_msg</c> and its attributes (linux/inet_diag.h).</summary>
internal static class DiagReply
{
    /// <summary>The bytes before the attributes.</summary>
    public const int Length = 72;

    private const int StateAt = 1;
    private const int TimerAt = 2;
    private const int RetriesAt = 3;
    private const int IdentityAt = 4;
    private const int ExpiresAt = 52;
    private const int ReceiveQueueAt = 56;
    private const int SendQueueAt = 60;
    private const int UserAt = 64;
    private const int InodeAt = 68;

    private const ushort Info = 2;
    private const ushort CgroupId = 21;

    /// <summary>Reads a socket; false when the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out TcpSocket socket)
    {
        socket = null!;
        if (message.Length < Length || !DiagIdentity.TryRead(message[0], message[IdentityAt..], out DiagIdentity identity)) return false;
        TcpFigures? figures = null;
        ulong? cgroup = null;
        var attributes = new NetlinkAttributes(message[Length..]);
        while (attributes.TryTake(out ushort type, out ReadOnlySpan<byte> value))
        {
            if (type == Info) figures = TcpInfo.Read(value);
            else if (type == CgroupId && value.Length >= sizeof(ulong)) cgroup = MemoryMarshal.Read<ulong>(value);
        }

        socket = new TcpSocket
        {
            Local = identity.Local,
            Peer = identity.Peer,
            State = TcpSocketStates.OfKernel(message[StateAt]),
            Inode = Word(message, InodeAt),
            User = Word(message, UserAt),
            Cookie = identity.Cookie,
            Device = identity.Device,
            ReceiveQueue = Word(message, ReceiveQueueAt),
            SendQueue = Word(message, SendQueueAt),
            Timer = message[TimerAt] <= (byte)SocketTimer.WindowProbe ? (SocketTimer)message[TimerAt] : SocketTimer.None,
            TimerMs = Word(message, ExpiresAt),
            TimerRuns = message[RetriesAt],
            Cgroup = cgroup is 0 ? null : cgroup,
            Figures = figures,
        };
        return true;
    }

    /// <summary>Reads how much a socket has sent and received so far; false when the bytes do not tell.</summary>
    public static bool TryReadTraffic(ReadOnlySpan<byte> message, out ulong cookie, out SocketTraffic traffic)
    {
        (cookie, traffic) = (0, default);
        if (message.Length < Length) return false;
        cookie = DiagIdentity.CookieOf(message[IdentityAt..]);
        var attributes = new NetlinkAttributes(message[Length..]);
        while (attributes.TryTake(out ushort type, out ReadOnlySpan<byte> value))
            if (type == Info) return TcpInfo.TryReadTraffic(value, out traffic);
        return false;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<uint>(bytes[at..]);
}
