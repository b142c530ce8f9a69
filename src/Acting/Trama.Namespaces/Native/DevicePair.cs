using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces.Native;

/// <summary>
/// A device of the calling thread's network whose other end is in a network that nobody else is in, and is read and written there by a
/// packet socket: needs no device node, and goes with the socket.
/// </summary>
public sealed unsafe class DevicePair : IDeviceEnd
{
    private const int PacketFamily = 17, CookedCloseOnExec = 2 | 0x80000, Level = 263, PassQueueBy = 20, IgnoreOutgoing = 23;
    private const ushort Everything = 0x0003, Ipv4 = 0x0800, Ipv6 = 0x86dd;

    // struct sockaddr_ll.
    private const int AddressLength = 20, ProtocolAt = 2, IndexAt = 4, HardwareLengthAt = 11, HardwareAt = 12;
    private const int Mtu = 65520;

    // Of the device in the command's network; an address of this machine's own making (the second bit).
    private static readonly byte[] Hardware = [0x02, 0x74, 0x72, 0x61, 0x6d, 0x61];

    private readonly SafeFileHandle _socket;
    private readonly byte[] _address = new byte[AddressLength];
    private readonly PacketRing _ring;

    /// <summary>The other end, of a pair that another process made and handed on.</summary>
    /// <exception cref="NamespaceException">It cannot be read.</exception>
    public DevicePair(SafeFileHandle socket)
    {
        _socket = socket;
        _ring = new PacketRing(socket);
        uint length = AddressLength;
        fixed (byte* start = _address) _ = Libc.AddressOf(socket, start, &length);
        _address[HardwareLengthAt] = (byte)Hardware.Length;
        Hardware.CopyTo(_address, HardwareAt);
    }

    /// <inheritdoc/>
    public SafeFileHandle Handle => _socket;

    /// <inheritdoc/>
    int IDeviceEnd.BestPacket => BestPacket;

    /// <summary>The largest packet that bulk is to come in, in bytes.</summary>
    public static int BestPacket => PacketRing.LargestPacket;

    /// <inheritdoc/>
    public long Lost => _ring.Lost;

    /// <summary>Makes the pair.</summary>
    /// <param name="name">The name of the device in this network.</param>
    /// <returns>The socket at the other end.</returns>
    /// <exception cref="NamespaceException">It cannot be made.</exception>
    public static SafeFileHandle Create(string name)
    {
        using NetworkNamespace other = Elsewhere(NetworkNamespace.Create);
        NetlinkSetup.Pair(name, Hardware, Mtu, other);
        DeviceSetup.FinishPackets(name);
        return Elsewhere(() =>
        {
            other.Enter();
            DeviceSetup.BringUp(name);
            return Open(name);
        });
    }

    /// <inheritdoc/>
    public int Read(Span<byte> packet) => _ring.Read(packet);

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return false;
        BinaryPrimitives.WriteUInt16BigEndian(_address.AsSpan(ProtocolAt), packet[0] >> 4 == 4 ? Ipv4 : Ipv6);
        fixed (byte* start = packet, address = _address)
            return Libc.SendTo(_socket, start, (nuint)packet.Length, 0, address, AddressLength) == packet.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ring.Dispose();
        _socket.Dispose();
    }

    // A thread that has entered another network stays there, and ends.
    private static T Elsewhere<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (NamespaceException error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private static SafeFileHandle Open(string name)
    {
        int descriptor = Libc.NewSocket(PacketFamily, CookedCloseOnExec, 0);
        if (descriptor < 0)
            throw new NamespaceException(NamespaceFailure.NotPermitted, "packet socket", Marshal.GetLastPInvokeErrorMessage());
        var socket = new SafeFileHandle(descriptor, ownsHandle: true);
        byte* address = stackalloc byte[AddressLength];
        new Span<byte>(address, AddressLength).Clear();
        *(ushort*)address = PacketFamily;
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(address + ProtocolAt, 2), Everything);
        *(int*)(address + IndexAt) = DeviceSetup.IndexOf(name);
        int yes = 1;
        // A queue would drop everything for a moment after the device has come up.
        if (Libc.SetOption(socket, Level, IgnoreOutgoing, &yes, sizeof(int)) == 0
            && Libc.SetOption(socket, Level, PassQueueBy, &yes, sizeof(int)) == 0 && Libc.Bind(socket, address, AddressLength) == 0)
            return socket;
        string reason = Marshal.GetLastPInvokeErrorMessage();
        socket.Dispose();
        throw new NamespaceException(NamespaceFailure.Device, "packet socket", reason);
    }
}
