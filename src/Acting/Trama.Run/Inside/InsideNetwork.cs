using Trama.Namespaces;
using Trama.Namespaces.Native;
using Trama.Run.Gateway;

namespace Trama.Run.Inside;

/// <summary>The network of a command: its loopback, and one device that leads everywhere, also to the addresses 127.0.0.0/8.</summary>
internal static class InsideNetwork
{
    private const string Device = "trama0";

    // A burst of thousands of connections is no reason to lose packets that no wire lost.
    private const int MostWaitingPackets = 20_000;

    /// <summary>Sets up the network of this process, which has the right to.</summary>
    /// <returns>The device's far end.</returns>
    /// <exception cref="NamespaceException">It cannot be set up.</exception>
    public static TunDevice SetUp()
    {
        DeviceSetup.BringUp("lo");
        var device = new TunDevice(Device);
        try
        {
            DeviceSetup.LimitPackets(Device, InsideLink.Mtu);
            NetlinkSetup.LengthenQueue(Device, MostWaitingPackets);
            NoDuplicateAddressDetection();
            DeviceSetup.BringUp(Device);
            DeviceSetup.Connect(Device, Addresses.Ipv4);
            if (System.Net.Sockets.Socket.OSSupportsIPv6) DeviceSetup.Connect(Device, Addresses.Ipv6);
            NetlinkSetup.LeadLoopbackThrough(Device);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    // Nobody else is there; to look for somebody takes a second.
    private static void NoDuplicateAddressDetection()
    {
        string path = $"/proc/sys/net/ipv6/conf/{Device}/accept_dad";
        if (File.Exists(path)) File.WriteAllText(path, "0");
    }
}
