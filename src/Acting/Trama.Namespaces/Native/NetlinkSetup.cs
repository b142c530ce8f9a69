using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces.Native;

/// <summary>
/// What the old calls of <see cref="DeviceSetup"/> cannot set in the calling thread's network, or only for root: by rtnetlink(7).
/// </summary>
public static unsafe class NetlinkSetup
{
    private const int NetlinkFamily = 16, RawCloseOnExec = 3 | 0x80000, RouteProtocol = 0;
    private const ushort NewLink = 16, NewRoute = 24, NewRule = 32, DeleteRule = 33;
    private const ushort Request = 1, Acknowledge = 4, CreateExclusive = 0x600;
    private const int HeaderLength = 16, ErrorAt = 16;
    private const byte Internet = 2, InternetV6 = 10;
    private const byte LocalTable = 255, OwnTable = 100, ToTable = 1, Unicast = 1, LinkScope = 253, StaticProtocol = 4;
    private const ushort QueueLength = 13;
    private const ushort LinkAddress = 1, LinkName = 3, LinkMtu = 4, LinkInfo = 18, LinkNetwork = 28;
    private const ushort InfoKind = 1, InfoData = 2, PairPeer = 1;
    private const int LinkHeader = 16, FlagsAt = 8, ChangeAt = 12, FlagNoArp = 0x80;
    private const ushort RuleDestination = 1, RuleInterface = 3, RulePriority = 6, RuleMark = 10;
    private const ushort RouteDestination = 1, RouteDevice = 4, RouteSource = 7, RouteMetrics = 8, AdvertisedSegment = 8;

    /// <summary>Sets how many packets may wait for a device; beyond that they are dropped.</summary>
    /// <exception cref="NamespaceException">The kernel does not allow it.</exception>
    public static void LengthenQueue(string device, int packets)
    {
        using SafeFileHandle socket = Open();
        Span<byte> link = stackalloc byte[16];
        link.Clear();
        BitConverter.TryWriteBytes(link[4..], DeviceSetup.IndexOf(device));
        Send(socket, NewLink, 0, link, [(QueueLength, Number(packets))]);
    }

    /// <summary>
    /// Makes a pair of devices, veth(4): one in this network, its other end in another. Neither asks whose an address is: all that is
    /// sent goes to the other end.
    /// </summary>
    /// <param name="name">The name of the device in this network; the other has the same in its own.</param>
    /// <param name="hardware">The hardware address of the device in this network, 6 bytes.</param>
    /// <param name="mtu">The largest packet, in bytes.</param>
    /// <param name="other">The other network.</param>
    /// <exception cref="NamespaceException">The kernel does not allow it.</exception>
    public static void Pair(string name, ReadOnlySpan<byte> hardware, int mtu, NetworkNamespace other)
    {
        using SafeFileHandle socket = Open();
        byte[] nameText = Encoding.ASCII.GetBytes(name + '\0');
        byte[] peer =
        [
            .. Link(FlagNoArp),
            .. Attribute(LinkName, nameText),
            .. Attribute(LinkMtu, Number(mtu)),
            .. Attribute(LinkNetwork, Number((int)other.Handle.DangerousGetHandle())),
        ];
        Send(socket, NewLink, CreateExclusive, Link(FlagNoArp),
        [
            (LinkName, nameText), (LinkMtu, Number(mtu)), (LinkAddress, hardware.ToArray()),
            (LinkInfo, [.. Attribute(InfoKind, "veth"u8), .. Attribute(InfoData, Attribute(PairPeer, peer))]),
        ]);
    }

    /// <summary>
    /// Sends what this network's programs say to its loopback addresses (127.0.0.0/8) through a device, and takes what comes back from
    /// there: the far end of the device then decides who answers at 127.0.0.1.
    /// </summary>
    /// <param name="device">The device, which is up.</param>
    /// <param name="segment">The most payload of a segment that these addresses ask for, in bytes; 0 for all that the device takes.</param>
    /// <exception cref="NamespaceException">The kernel, or a read-only /proc/sys, does not allow it.</exception>
    public static void LeadLoopbackThrough(string device, int segment)
    {
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)
            [($"{device}/route_localnet", "1"), ($"{device}/accept_local", "1"), ($"{device}/rp_filter", "0"), ("all/rp_filter", "0")])
            Set($"/proc/sys/net/ipv4/conf/{name}", value);

        using SafeFileHandle socket = Open();
        byte[] network = [127, 0, 0, 0];
        Send(socket, NewRoute, CreateExclusive, [Internet, 8, 0, 0, OwnTable, StaticProtocol, LinkScope, Unicast, 0, 0, 0, 0],
        [
            (RouteDestination, network),
            (RouteDevice, Number(DeviceSetup.IndexOf(device))),
            (RouteSource, IPAddress.Loopback.GetAddressBytes()),
            .. Advertised(segment),
        ]);
        Send(socket, NewRule, CreateExclusive, [Internet, 8, 0, 0, OwnTable, 0, 0, ToTable, 0, 0, 0, 0],
        [
            (RuleDestination, network), (RuleInterface, Encoding.ASCII.GetBytes("lo\0")), (RulePriority, Number(1)),
        ]);
        // The kernel's own rule for local addresses stands before all others.
        byte[] local = [Internet, 0, 0, 0, LocalTable, 0, 0, ToTable, 0, 0, 0, 0];
        Send(socket, NewRule, CreateExclusive, local, [(RulePriority, Number(2))]);
        Send(socket, DeleteRule, 0, local, [(RulePriority, Number(0))]);
    }

    /// <summary>
    /// Sends what this network's programs say to ::1 through a device. The kernel takes no ::1 from a device: what comes back enters by
    /// the loopback device, and is told by its mark from what goes out.
    /// </summary>
    /// <param name="device">The device, which is up.</param>
    /// <param name="source">The address of the device, from which the programs then speak.</param>
    /// <param name="segment">As of <see cref="LeadLoopbackThrough"/>.</param>
    /// <exception cref="NamespaceException">The kernel does not allow it.</exception>
    public static void LeadIpv6LoopbackThrough(string device, IPAddress source, int segment)
    {
        using SafeFileHandle socket = Open();
        byte[] loopback = IPAddress.IPv6Loopback.GetAddressBytes();
        Send(socket, NewRoute, CreateExclusive, [InternetV6, 128, 0, 0, OwnTable, StaticProtocol, 0, Unicast, 0, 0, 0, 0],
        [
            (RouteDestination, loopback),
            (RouteDevice, Number(DeviceSetup.IndexOf(device))),
            (RouteSource, source.GetAddressBytes()),
            .. Advertised(segment),
        ]);
        byte[] local = [InternetV6, 0, 0, 0, LocalTable, 0, 0, ToTable, 0, 0, 0, 0];
        Send(socket, NewRule, CreateExclusive, local, [(RuleMark, Number(LoopbackEntry.Mark)), (RulePriority, Number(1))]);
        Send(socket, NewRule, CreateExclusive, [InternetV6, 128, 0, 0, OwnTable, 0, 0, ToTable, 0, 0, 0, 0],
            [(RuleDestination, loopback), (RulePriority, Number(2))]);
        Send(socket, NewRule, CreateExclusive, local, [(RulePriority, Number(3))]);
        Send(socket, DeleteRule, 0, local, [(RulePriority, Number(0))]);
    }

    private static void Set(string path, string value)
    {
        try
        {
            File.WriteAllText(path, value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NamespaceException(NamespaceFailure.Device, path, error.Message);
        }
    }

    private static SafeFileHandle Open()
    {
        int descriptor = Libc.NewSocket(NetlinkFamily, RawCloseOnExec, RouteProtocol);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new NamespaceException(NamespaceFailure.NotSupported, "netlink", Marshal.GetLastPInvokeErrorMessage());
    }

    private static (ushort, byte[])[] Advertised(int segment) =>
        segment == 0 ? [] : [(RouteMetrics, Attribute(AdvertisedSegment, Number(segment)))];

    private static byte[] Number(int value) => BitConverter.GetBytes(value);

    // struct ifinfomsg.
    private static byte[] Link(int flags)
    {
        byte[] link = new byte[LinkHeader];
        BitConverter.TryWriteBytes(link.AsSpan(FlagsAt), flags);
        BitConverter.TryWriteBytes(link.AsSpan(ChangeAt), flags);
        return link;
    }

    // Filled up to whole words.
    private static byte[] Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        byte[] attribute = new byte[4 + (value.Length + 3 & ~3)];
        BitConverter.TryWriteBytes(attribute, (ushort)(4 + value.Length));
        BitConverter.TryWriteBytes(attribute.AsSpan(2), type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    private static void Send(
        SafeFileHandle socket, ushort kind, ushort flags, ReadOnlySpan<byte> header, ReadOnlySpan<(ushort Type, byte[] Value)> attributes)
    {
        Span<byte> message = stackalloc byte[256];
        message.Clear();
        header.CopyTo(message[HeaderLength..]);
        int length = HeaderLength + header.Length;
        foreach ((ushort type, byte[] value) in attributes)
        {
            byte[] attribute = Attribute(type, value);
            attribute.CopyTo(message[length..]);
            length += attribute.Length;
        }

        BitConverter.TryWriteBytes(message, length);
        BitConverter.TryWriteBytes(message[4..], kind);
        BitConverter.TryWriteBytes(message[6..], (ushort)(Request | Acknowledge | flags));
        fixed (byte* start = message)
        {
            if (Libc.Write(socket, start, (nuint)length) != length || Libc.Read(socket, start, (nuint)message.Length) < ErrorAt + 4)
                throw new NamespaceException(NamespaceFailure.Device, "rtnetlink", Marshal.GetLastPInvokeErrorMessage());
        }

        int error = -BitConverter.ToInt32(message[ErrorAt..]);
        if (error != 0)
            throw new NamespaceException(NamespaceFailure.Device, "rtnetlink", Marshal.GetPInvokeErrorMessage(error));
    }
}
