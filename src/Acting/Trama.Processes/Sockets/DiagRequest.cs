using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>
/// Questions about TCP sockets behind a netlink header (sock_diag(7)): of one <c>struct inet_diag_req_v2</c>, of all the older <c>struct
/// inet_diag_req</c>, which asks for IPv4 and IPv6 at once; the kernel goes through its whole table for each question.
/// </summary>
internal static class DiagRequest
{
    /// <summary>The bytes of a question about one.</summary>
    public const int Length = NetlinkMessages.HeaderLength + 8 + DiagIdentity.Length;

    /// <summary>The bytes of a question about all.</summary>
    public const int ListLength = NetlinkMessages.HeaderLength + 4 + DiagIdentity.Length + 8;

    /// <summary>The type of a question about one and of its answer: SOCK_DIAG_BY_FAMILY.</summary>
    public const ushort Type = 20;

    /// <summary>The type of a question about all and of its answers: TCPDIAG_GETSOCK.</summary>
    public const ushort ListType = 18;

    /// <summary>The type of a question that ends one: SOCK_DESTROY.</summary>
    public const ushort EndType = 21;

    /// <summary>Every state.</summary>
    public const uint AllStates = 0xffff;

    private const int FamilyAt = NetlinkMessages.HeaderLength;
    private const int ProtocolAt = FamilyAt + 1;
    private const int WantedAt = FamilyAt + 2;
    private const int StatesAt = FamilyAt + 4;
    private const int IdentityAt = FamilyAt + 8;

    private const byte Tcp = 6, Udp = 17;
    private const int ListWantedAt = FamilyAt + 3;
    private const int ListStatesAt = FamilyAt + 4 + DiagIdentity.Length;

    private const ushort Request = 1, Acknowledge = 4;
    private const ushort Dump = 0x300;

    // The attribute 2 (tcp_info), a bit from 0.
    private const byte Wanted = 1 << 1;

    /// <summary>Asks for every socket in some states, a bit for each.</summary>
    public static void All(uint states, uint sequence, Span<byte> request)
    {
        Begin(request[..ListLength], ListType, Request | Dump, sequence);
        request[ListWantedAt] = Wanted;
        MemoryMarshal.Write(request[ListStatesAt..], states);
    }

    /// <summary>Asks for every UDP socket of a family: a question like that about one.</summary>
    public static void AllUdp(byte family, uint sequence, Span<byte> request) => Begin(family, Udp, Request | Dump, sequence, request);

    /// <summary>Asks for one socket.</summary>
    public static void One(byte family, in DiagIdentity identity, uint sequence, Span<byte> request)
    {
        Begin(family, Tcp, Request, sequence, request);
        identity.Write(request[IdentityAt..]);
    }

    /// <summary>Asks for one TCP socket to be ended, as if the network had failed; what is left to be said is lost.</summary>
    public static void End(byte family, in DiagIdentity identity, uint sequence, Span<byte> request)
    {
        Begin(family, Tcp, Request | Acknowledge, sequence, request);
        MemoryMarshal.Write(request[4..], EndType);
        identity.Write(request[IdentityAt..]);
    }

    /// <summary>Begins a question of another family about all of its sockets, which fills a span.</summary>
    public static void BeginList(Span<byte> request, uint sequence) => Begin(request, Type, Request | Dump, sequence);

    private static void Begin(byte family, byte protocol, ushort flags, uint sequence, Span<byte> request)
    {
        Begin(request[..Length], Type, flags, sequence);
        request[FamilyAt] = family;
        request[ProtocolAt] = protocol;
        request[WantedAt] = Wanted;
        MemoryMarshal.Write(request[StatesAt..], AllStates);
    }

    private static void Begin(Span<byte> request, ushort type, ushort flags, uint sequence)
    {
        request.Clear();
        MemoryMarshal.Write(request, (uint)request.Length);
        MemoryMarshal.Write(request[4..], type);
        MemoryMarshal.Write(request[6..], flags);
        MemoryMarshal.Write(request[8..], sequence);
    }
}
