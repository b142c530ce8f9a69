using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces.Native;

/// <summary>
/// A way into a network by its loopback device, for IPv6 packets from and to ::1, which the kernel takes from no other device. They are
/// marked, so that the network's rules know them (<see cref="NetlinkSetup.LeadIpv6LoopbackThrough"/>).
/// </summary>
public sealed unsafe class LoopbackEntry : IDisposable
{
    /// <summary>The mark.</summary>
    internal const int Mark = 0x7472;

    private const int PacketFamily = 17, RawCloseOnExec = 3 | 0x80000, SocketLevel = 1, MarkOption = 36;
    private const int EthernetLength = 14, TypeAt = 12, LoopbackIndex = 1;

    // struct sockaddr_ll.
    private const int AddressLength = 20, IndexAt = 4;

    private readonly SafeFileHandle _socket;
    private readonly byte[] _address = new byte[AddressLength], _frame = new byte[EthernetLength + IDeviceEnd.LargestPacket];

    /// <summary>An entry that another process made and handed on.</summary>
    public LoopbackEntry(SafeFileHandle handle)
    {
        _socket = handle;
        _address[0] = PacketFamily;
        _address[IndexAt] = LoopbackIndex;
        // EtherType of IPv6; the hardware addresses of the loopback device are zeros.
        (_frame[TypeAt], _frame[TypeAt + 1]) = (0x86, 0xdd);
    }

    /// <summary>Makes the socket of one for the calling thread's network.</summary>
    /// <exception cref="NamespaceException">The kernel does not allow it.</exception>
    public static SafeFileHandle Create()
    {
        int descriptor = Libc.NewSocket(PacketFamily, RawCloseOnExec, 0);
        int mark = Mark;
        var socket = new SafeFileHandle(descriptor, ownsHandle: true);
        if (descriptor >= 0 && Libc.SetOption(socket, SocketLevel, MarkOption, &mark, sizeof(int)) == 0) return socket;
        string reason = Marshal.GetLastPInvokeErrorMessage();
        socket.Dispose();
        throw new NamespaceException(NamespaceFailure.NotPermitted, "packet socket", reason);
    }

    /// <summary>Gives the network a packet. Whether it was taken.</summary>
    public bool Write(ReadOnlySpan<byte> packet)
    {
        packet.CopyTo(_frame.AsSpan(EthernetLength));
        int length = EthernetLength + packet.Length;
        fixed (byte* start = _frame, address = _address)
            return Libc.SendTo(_socket, start, (nuint)length, 0, address, AddressLength) == length;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
