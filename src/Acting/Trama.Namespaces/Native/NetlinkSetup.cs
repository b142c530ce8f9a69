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
    private const byte Internet = 2, LocalTable = 255, OwnTable = 100, ToTable = 1, Unicast = 1, LinkScope = 253, StaticProtocol = 4;
    private const ushort QueueLength = 13;
    private const ushort RuleDestination = 1, RuleInterface = 3, RulePriority = 6;
    private const ushort RouteDestination = 1, RouteDevice = 4, RouteSource = 7;

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
    /// Sends what this network's programs say to its loopback addresses (127.0.0.0/8) through a device, and takes what comes back from
    /// there: the far end of the device then decides who answers at 127.0.0.1.
    /// </summary>
    /// <param name="device">The device, which is up.</param>
    /// <exception cref="NamespaceException">The kernel, or a read-only /proc/sys, does not allow it.</exception>
    public static void LeadLoopbackThrough(string device)
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

    private static byte[] Number(int value) => BitConverter.GetBytes(value);

    private static void Send(
        SafeFileHandle socket, ushort type, ushort flags, ReadOnlySpan<byte> header, ReadOnlySpan<(ushort Type, byte[] Value)> attributes)
    {
        Span<byte> message = stackalloc byte[256];
        message.Clear();
        header.CopyTo(message[HeaderLength..]);
        int length = HeaderLength + header.Length;
        foreach ((ushort attribute, byte[] value) in attributes)
        {
            BitConverter.TryWriteBytes(message[length..], (ushort)(4 + value.Length));
            BitConverter.TryWriteBytes(message[(length + 2)..], attribute);
            value.CopyTo(message[(length + 4)..]);
            length += 4 + (value.Length + 3 & ~3);
        }

        BitConverter.TryWriteBytes(message, length);
        BitConverter.TryWriteBytes(message[4..], type);
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
