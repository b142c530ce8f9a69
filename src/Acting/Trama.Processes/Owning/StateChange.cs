using System.Net;
using System.Runtime.InteropServices;

namespace Trama.Processes.Owning;

/// <summary>A TCP socket goes from one state to another: the trace point <c>sock:inet_sock_set_state</c>.</summary>
/// <param name="Socket">Where the kernel has the socket: tells it apart from all others that there are now.</param>
/// <param name="Before">The state before, as the kernel numbers them.</param>
/// <param name="After">The state after.</param>
/// <param name="Local">This side; port 0 before one was chosen.</param>
/// <param name="Peer">The other side.</param>
/// <param name="IsInProcess">Whether a system call of a process did it, not the arrival of a packet.</param>
internal readonly record struct StateChange(ulong Socket, int Before, int After, IPEndPoint Local, IPEndPoint Peer, bool IsInProcess)
{
    /// <summary>The trace point.</summary>
    public const string TracePoint = "sock/inet_sock_set_state";

    /// <summary>Which changes are asked for: a connection begins, was answered or given up, and is closed by this side.</summary>
    public const string Filter = "protocol == 6 && (newstate == 2 || oldstate == 2 || newstate == 4 || newstate == 9)";

    /// <summary>The state in which a SYN was sent.</summary>
    public const int SynSent = 2;

    private const int Length = 72;
    private const int FlagsAt = 2;
    private const int SocketAt = 8, BeforeAt = 16, AfterAt = 20, LocalPortAt = 24, PeerPortAt = 26, FamilyAt = 28;
    private const int Ipv4LocalAt = 32, Ipv4PeerAt = 36, Ipv6LocalAt = 40, Ipv6PeerAt = 56;
    private const ushort Ipv4 = 2;

    // TRACE_FLAG_HARDIRQ and TRACE_FLAG_SOFTIRQ.
    private const byte InInterrupt = 0x18;

    private static readonly (string Name, int Offset)[] Fields =
    [
        ("skaddr", SocketAt), ("oldstate", BeforeAt), ("newstate", AfterAt), ("sport", LocalPortAt), ("dport", PeerPortAt),
        ("family", FamilyAt),
        ("saddr[4]", Ipv4LocalAt), ("daddr[4]", Ipv4PeerAt), ("saddr_v6[16]", Ipv6LocalAt), ("daddr_v6[16]", Ipv6PeerAt),
    ];

    /// <summary>Whether this kernel's fields stand where they are read, by the file <c>format</c> of the trace point.</summary>
    public static bool IsKnown(string format) =>
        Fields.All(field => format.Contains($" {field.Name};\toffset:{field.Offset};", StringComparison.Ordinal));

    /// <summary>Reads the fields; false when some are missing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> raw, out StateChange change)
    {
        change = default;
        if (raw.Length < Length) return false;
        bool isIpv4 = MemoryMarshal.Read<ushort>(raw[FamilyAt..]) == Ipv4;
        change = new StateChange(
            MemoryMarshal.Read<ulong>(raw[SocketAt..]),
            MemoryMarshal.Read<int>(raw[BeforeAt..]),
            MemoryMarshal.Read<int>(raw[AfterAt..]),
            new IPEndPoint(Address(raw, isIpv4 ? Ipv4LocalAt : Ipv6LocalAt, isIpv4), MemoryMarshal.Read<ushort>(raw[LocalPortAt..])),
            new IPEndPoint(Address(raw, isIpv4 ? Ipv4PeerAt : Ipv6PeerAt, isIpv4), MemoryMarshal.Read<ushort>(raw[PeerPortAt..])),
            (raw[FlagsAt] & InInterrupt) == 0);
        return true;
    }

    private static IPAddress Address(ReadOnlySpan<byte> raw, int at, bool isIpv4)
    {
        var address = new IPAddress(raw.Slice(at, isIpv4 ? 4 : 16));
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
