using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>
/// Which socket: <c>struct inet_diag_sockid</c>. Ports and addresses are in network byte order, the rest in that of this machine.
/// </summary>
/// <param name="Local">This side.</param>
/// <param name="Peer">The other side.</param>
/// <param name="Device">The device that it is bound to; 0 for none.</param>
/// <param name="Cookie">The number that tells it apart from every other socket.</param>
internal readonly record struct DiagIdentity(IPEndPoint Local, IPEndPoint Peer, uint Device, ulong Cookie)
{
    /// <summary>Its bytes.</summary>
    public const int Length = 48;

    /// <summary>AF_INET.</summary>
    public const byte Ipv4 = 2;

    /// <summary>AF_INET6.</summary>
    public const byte Ipv6 = 10;

    /// <summary>Stands for whichever cookie a socket has.</summary>
    public const ulong AnyCookie = ulong.MaxValue;

    private const int PeerPortAt = 2;
    private const int LocalAt = 4;
    private const int PeerAt = 20;
    private const int DeviceAt = 36;
    private const int CookieAt = 40;

    /// <summary>Reads it; false when the family is neither IPv4 nor IPv6 or bytes are missing.</summary>
    public static bool TryRead(byte family, ReadOnlySpan<byte> bytes, out DiagIdentity identity)
    {
        identity = default;
        if (bytes.Length < Length || family is not (Ipv4 or Ipv6)) return false;
        int address = family == Ipv4 ? 4 : 16;
        identity = new DiagIdentity(
            new IPEndPoint(Address(bytes.Slice(LocalAt, address)), BinaryPrimitives.ReadUInt16BigEndian(bytes)),
            new IPEndPoint(Address(bytes.Slice(PeerAt, address)), BinaryPrimitives.ReadUInt16BigEndian(bytes[PeerPortAt..])),
            MemoryMarshal.Read<uint>(bytes[DeviceAt..]),
            CookieOf(bytes));
        return true;
    }

    /// <summary>The cookie alone.</summary>
    public static ulong CookieOf(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes[CookieAt..]);

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)Local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PeerPortAt..], (ushort)Peer.Port);
        Local.Address.TryWriteBytes(bytes[LocalAt..], out _);
        Peer.Address.TryWriteBytes(bytes[PeerAt..], out _);
        MemoryMarshal.Write(bytes[DeviceAt..], Device);
        MemoryMarshal.Write(bytes[CookieAt..], Cookie);
    }

    // A socket for both families tells of IPv4 in IPv6's form.
    private static IPAddress Address(ReadOnlySpan<byte> bytes)
    {
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
