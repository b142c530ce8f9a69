using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Namespaces;
using Trama.Namespaces.Native;
using Trama.Run.Gateway;

namespace Trama.Run.Inside;

/// <summary>
/// The network of a command: its loopback, and one device that leads everywhere, also to the addresses 127.0.0.0/8 and ::1.
/// </summary>
internal static class InsideNetwork
{
    /// <summary>The name of the device.</summary>
    public const string Device = "trama0";

    // A burst of thousands of connections is no reason to lose packets that no wire lost.
    private const int MostWaitingPackets = 20_000;

    /// <summary>Sets up the network of this process, which has the right to.</summary>
    /// <param name="loopback">The way in for packets of ::1; null where the kernel has none, and ::1 is the command's own.</param>
    /// <param name="isPair">Whether the device is one of a pair: where there are no TUN devices, or not for this user.</param>
    /// <returns>The device's far end.</returns>
    /// <exception cref="NamespaceException">It cannot be set up.</exception>
    public static SafeFileHandle SetUp(out SafeFileHandle? loopback, out bool isPair)
    {
        DeviceSetup.BringUp("lo");
        SafeFileHandle end = Create(out isPair);
        try
        {
            DeviceSetup.LimitPackets(Device, InsideLink.Mtu);
            NetlinkSetup.LengthenQueue(Device, MostWaitingPackets);
            NoDuplicateAddressDetection();
            DeviceSetup.BringUp(Device);
            DeviceSetup.Connect(Device, Addresses.Ipv4);
            if (Socket.OSSupportsIPv6) DeviceSetup.Connect(Device, Addresses.Ipv6);
            NetlinkSetup.LeadLoopbackThrough(Device, isPair ? DevicePair.BestPacket - SynOptions.HeadersOf(isIpv6: false) : 0);
            loopback = Socket.OSSupportsIPv6 ? LeadIpv6Loopback(isPair) : null;
            AllowEcho();
            return end;
        }
        catch
        {
            end.Dispose();
            throw;
        }
    }

    private static SafeFileHandle Create(out bool isPair)
    {
        isPair = false;
        try
        {
            return new TunDevice(Device).Handle;
        }
        catch (NamespaceException error) when (error.Failure != NamespaceFailure.Device)
        {
            isPair = true;
            return DevicePair.Create(Device);
        }
    }

    private static SafeFileHandle? LeadIpv6Loopback(bool isPair)
    {
        SafeFileHandle? entry = null;
        try
        {
            entry = LoopbackEntry.Create();
            NetlinkSetup.LeadIpv6LoopbackThrough(Device, Addresses.Ipv6,
                isPair ? DevicePair.BestPacket - SynOptions.HeadersOf(isIpv6: true) : 0);
            return entry;
        }
        catch (NamespaceException)
        {
            // A kernel without rules for IPv6.
            entry?.Dispose();
            return null;
        }
    }

    // Who may send an ICMP echo by a socket for it, icmp(7): in a network that is new, nobody.
    private static void AllowEcho()
    {
        uint group = Native.Libc.Group();
        try
        {
            File.WriteAllText("/proc/sys/net/ipv4/ping_group_range", $"{group} {group}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The command runs as well without.
        }
    }

    // Nobody else is there; to look for somebody takes a second.
    private static void NoDuplicateAddressDetection()
    {
        string path = $"/proc/sys/net/ipv6/conf/{Device}/accept_dad";
        if (File.Exists(path)) File.WriteAllText(path, "0");
    }
}
