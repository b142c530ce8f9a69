using System.Runtime.InteropServices;
using Trama.Packets.Network;

namespace Trama.Dump.Native;

/// <summary>Asks the system's resolver for the name of an address: hosts file, DNS, and what else the system is set up for.</summary>
internal static partial class NameLookup
{
    private const int NameRequired = 8;
    private const int FamilyIpv4 = 2;
    private const int FamilyIpv6 = 10;
    private const int Ipv4Length = 16;
    private const int Ipv6Length = 28;
    private const int LongestName = 1025;

    /// <summary>
    /// The name of an address in bytes as the resolver gave them, which may be anything; null when it has none. May take long.
    /// </summary>
    public static byte[]? Find(IpAddress address)
    {
        // struct sockaddr_in and sockaddr_in6: the family in the machine's byte order, the port, for IPv6 four more bytes, the address.
        Span<byte> socketAddress = stackalloc byte[Ipv6Length];
        socketAddress.Clear();
        MemoryMarshal.Write(socketAddress, (ushort)(address.IsIpv6 ? FamilyIpv6 : FamilyIpv4));
        address.WriteBytes(socketAddress[(address.IsIpv6 ? 8 : 4)..]);
        byte[] name = new byte[LongestName];
        int length = address.IsIpv6 ? Ipv6Length : Ipv4Length;
        try
        {
            if (GetNameInfo(socketAddress[..length], (uint)length, name, (uint)name.Length, 0, 0, NameRequired) != 0) return null;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }

        int end = name.AsSpan().IndexOf((byte)0);
        return end > 0 ? name[..end] : null;
    }

    [LibraryImport("libc", EntryPoint = "getnameinfo")]
    private static partial int GetNameInfo(
        ReadOnlySpan<byte> address, uint addressLength, Span<byte> host, uint hostLength, nint service, uint serviceLength, int flags);
}
