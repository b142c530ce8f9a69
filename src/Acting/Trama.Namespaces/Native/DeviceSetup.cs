using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Trama.Namespaces.Native;

/// <summary>
/// Addresses, routes and state of the devices of the calling thread's network, as netdevice(7) and rtnetlink's elders set them.
/// </summary>
public static unsafe class DeviceSetup
{
    private const nuint AddRoute = 0x890b;
    private const nuint GetFlags = 0x8913;
    private const nuint SetFlags = 0x8914;
    private const nuint SetAddress = 0x8916;
    private const nuint SetMask = 0x891c;
    private const nuint SetMtu = 0x8922;
    private const nuint GetIndex = 0x8933;
    private const nuint Ethtool = 0x8946;
    private const uint SetTransmitChecksum = 0x17;
    private const short FlagUp = 1;
    private const ushort RouteUp = 1;
    private const ushort Internet = 2;

    private const int RequestLength = 40;
    private const int NameLength = 16;
    private const int AddressAttempts = 10_000;

    /// <summary>Sets a device up.</summary>
    public static void BringUp(string device)
    {
        using Socket socket = NewSocket(AddressFamily.InterNetwork);
        byte* request = stackalloc byte[RequestLength];
        Name(request, device);
        Do(socket, GetFlags, request, "SIOCGIFFLAGS");
        *(short*)(request + NameLength) |= FlagUp;
        Do(socket, SetFlags, request, "SIOCSIFFLAGS");
    }

    /// <summary>Sets the largest packet that a device takes, in bytes.</summary>
    public static void LimitPackets(string device, int bytes)
    {
        using Socket socket = NewSocket(AddressFamily.InterNetwork);
        byte* request = stackalloc byte[RequestLength];
        Name(request, device);
        *(int*)(request + NameLength) = bytes;
        Do(socket, SetMtu, request, "SIOCSIFMTU");
    }

    /// <summary>Has the kernel finish the packets that it sends by a device: whole checksums, and no more than a packet's bytes.</summary>
    public static void FinishPackets(string device)
    {
        using Socket socket = NewSocket(AddressFamily.InterNetwork);
        byte* request = stackalloc byte[RequestLength];
        Name(request, device);
        // struct ethtool_value: the command, and 0 for off. Segmentation by the device needs its checksums, and goes with them.
        uint* value = stackalloc uint[2];
        (value[0], value[1]) = (SetTransmitChecksum, 0);
        *(uint**)(request + NameLength) = value;
        Do(socket, Ethtool, request, "SIOCETHTOOL");
    }

    /// <summary>Gives a device an address of its own, and makes it the way to everywhere. The device is up.</summary>
    public static void Connect(string device, IPAddress address)
    {
        using Socket socket = NewSocket(address.AddressFamily);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) ConnectIpv6(socket, device, address);
        else ConnectIpv4(socket, device, address);
    }

    /// <summary>Gives a device another address. It is up, and has one.</summary>
    public static void AddAddress(string device, IPAddress address)
    {
        using Socket socket = NewSocket(address.AddressFamily);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) AssignIpv6(socket, IndexOf(socket, device), address);
        else AssignIpv4(socket, device + ":1", address);
    }

    /// <summary>The number of a device.</summary>
    public static int IndexOf(string device)
    {
        using Socket socket = NewSocket(AddressFamily.InterNetwork);
        return IndexOf(socket, device);
    }

    private static int IndexOf(Socket socket, string device)
    {
        byte* request = stackalloc byte[RequestLength];
        Name(request, device);
        Do(socket, GetIndex, request, "SIOCGIFINDEX");
        return *(int*)(request + NameLength);
    }

    private static void ConnectIpv4(Socket socket, string device, IPAddress address)
    {
        AssignIpv4(socket, device, address);
        byte* request = stackalloc byte[RequestLength];
        // struct rtentry: destination, gateway and mask (all of them 0.0.0.0), flags, the device's name.
        byte* route = stackalloc byte[120];
        new Span<byte>(route, 120).Clear();
        for (int at = 8; at <= 40; at += 16) Ipv4(route + at, IPAddress.Any);
        *(ushort*)(route + 56) = RouteUp;
        *(byte**)(route + 88) = request;
        Name(request, device);
        Do(socket, AddRoute, route, "SIOCADDRT");
    }

    private static void AssignIpv4(Socket socket, string device, IPAddress address)
    {
        byte* request = stackalloc byte[RequestLength];
        Name(request, device);
        Ipv4(request + NameLength, address);
        Do(socket, SetAddress, request, "SIOCSIFADDR");
        Ipv4(request + NameLength, IPAddress.Broadcast);
        Do(socket, SetMask, request, "SIOCSIFNETMASK");
    }

    private static void ConnectIpv6(Socket socket, string device, IPAddress address)
    {
        int index = IndexOf(socket, device);
        AssignIpv6(socket, index, address);

        // struct in6_rtmsg: destination ::/0, metric, flags, device.
        byte* route = stackalloc byte[80];
        new Span<byte>(route, 80).Clear();
        *(uint*)(route + 56) = 1;
        *(uint*)(route + 72) = RouteUp;
        *(int*)(route + 76) = index;
        Do(socket, AddRoute, route, "SIOCADDRT");
    }

    private static void AssignIpv6(Socket socket, int index, IPAddress address)
    {
        // struct in6_ifreq: address, prefix length, device.
        byte* assignment = stackalloc byte[24];
        address.TryWriteBytes(new Span<byte>(assignment, 16), out _);
        *(int*)(assignment + 16) = 128;
        *(int*)(assignment + 20) = index;
        Do(socket, SetAddress, assignment, "SIOCSIFADDR");
        WaitUntilUsable(socket, address);
    }

    // The kernel takes a moment to find that nobody else on this device can have the address.
    private static void WaitUntilUsable(Socket socket, IPAddress address)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                socket.Bind(new IPEndPoint(address, 0));
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressNotAvailable && attempt < AddressAttempts)
            {
                Thread.Sleep(1);
            }
        }
    }

    private static Socket NewSocket(AddressFamily family) => new(family, SocketType.Dgram, ProtocolType.Udp);

    private static void Name(byte* request, string device)
    {
        new Span<byte>(request, RequestLength).Clear();
        Encoding.ASCII.GetBytes(device, new Span<byte>(request, NameLength - 1));
    }

    private static void Ipv4(byte* place, IPAddress address)
    {
        *(ushort*)place = Internet;
        address.TryWriteBytes(new Span<byte>(place + 4, 4), out _);
    }

    private static void Do(Socket socket, nuint request, byte* argument, string step)
    {
        if (Libc.Control(socket.SafeHandle, request, argument) < 0) throw new NamespaceException(
            NamespaceFailure.Device, step, Marshal.GetLastPInvokeErrorMessage());
    }
}
