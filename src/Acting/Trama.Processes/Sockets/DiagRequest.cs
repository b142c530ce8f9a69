using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>Questions about TCP sockets: <c>struct inet_diag_req_v2</c> behind a netlink header (sock_diag(7)).</summary>
internal static class DiagRequest
{
    /// <summary>The bytes of a question.</summary>
    public const int Length = NetlinkMessages.HeaderLength + 8 + DiagIdentity.Length;

    /// <summary>The type of questions and answers: SOCK_DIAG_BY_FAMILY.</summary>
    public const ushort Type = 20;

    private const int FamilyAt = NetlinkMessages.HeaderLength;
    private const int ProtocolAt = FamilyAt + 1;
    private const int WantedAt = FamilyAt + 2;
    private const int StatesAt = FamilyAt + 4;
    private const int IdentityAt = FamilyAt + 8;

    private const byte Tcp = 6;
    private const ushort Request = 1;
    private const ushort Dump = 0x300;
    private const uint AllStates = 0xffff;

    // The attributes 2 (tcp_info) and 7 (memory), each a bit from 0.
    private const byte Wanted = 1 << 1 | 1 << 6;

    /// <summary>Asks for every socket of a family.</summary>
    public static void All(byte family, uint sequence, Span<byte> request) => Write(family, Request | Dump, sequence, default, request);

    /// <summary>Asks for one socket.</summary>
    public static void One(byte family, in DiagIdentity identity, uint sequence, Span<byte> request) =>
        Write(family, Request, sequence, identity, request);

    private static void Write(byte family, ushort flags, uint sequence, in DiagIdentity identity, Span<byte> request)
    {
        request[..Length].Clear();
        MemoryMarshal.Write(request, (uint)Length);
        MemoryMarshal.Write(request[4..], Type);
        MemoryMarshal.Write(request[6..], flags);
        MemoryMarshal.Write(request[8..], sequence);
        request[FamilyAt] = family;
        request[ProtocolAt] = Tcp;
        request[WantedAt] = Wanted;
        MemoryMarshal.Write(request[StatesAt..], AllStates);
        if (identity.Local is not null) identity.Write(request[IdentityAt..]);
    }
}
