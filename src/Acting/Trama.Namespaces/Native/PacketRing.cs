using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces.Native;

/// <summary>What a packet socket received, in memory shared with the kernel: PACKET_RX_RING of version 2, packet(7).</summary>
internal sealed unsafe class PacketRing : IDisposable
{
    /// <summary>The largest packet that has room in the ring itself, in bytes.</summary>
    public const int LargestPacket = FrameBytes - Room;

    private const int FrameBytes = 16 << 10, Frames = 2048, BlockBytes = 64 << 10, Bytes = FrameBytes * Frames;

    // Before a packet: struct tpacket2_hdr, struct sockaddr_ll, and room for a link's header.
    private const int Room = 96;
    private const int LengthAt = 4, CapturedAt = 8, PacketAt = 14;
    private const uint ToKernel = 0, ToUser = 1, IsQueuedWhole = 2;
    private const int Level = 263, Ring = 5, Statistics = 6, CopyThreshold = 7, Version = 10, Version2 = 1;
    private const int ReadAndWrite = 3, Shared = 1;

    private readonly SafeFileHandle _socket;
    private readonly byte* _memory;
    private int _next;
    private long _lost;

    /// <summary>Gives a packet socket its ring.</summary>
    /// <exception cref="NamespaceException">The kernel does not allow it.</exception>
    public PacketRing(SafeFileHandle socket)
    {
        _socket = socket;
        // A packet with no room in its frame is queued too, as far as the socket's buffer has room.
        Set(Version, [Version2]);
        Set(CopyThreshold, [1]);
        // struct tpacket_req.
        Set(Ring, [BlockBytes, Bytes / BlockBytes, FrameBytes, Frames]);
        _memory = Libc.MapMemory(0, Bytes, ReadAndWrite, Shared, socket, 0);
        if ((nint)_memory == -1) throw Failed("mmap");
    }

    /// <summary>How many packets were cut, or found no room at all.</summary>
    public long Lost
    {
        get
        {
            // struct tpacket_stats: all, and those without room, since it was asked last.
            uint* counts = stackalloc uint[2];
            uint length = 2 * sizeof(uint);
            if (Libc.GetOption(_socket, Level, Statistics, counts, &length) == 0) _lost += counts[1];
            return _lost;
        }
    }

    /// <summary>Takes the next packet; negative when there is none.</summary>
    public int Read(Span<byte> packet)
    {
        while (true)
        {
            byte* frame = _memory + (long)_next * FrameBytes;
            ref uint status = ref *(uint*)frame;
            uint now = Volatile.Read(ref status);
            if ((now & ToUser) == 0) return -1;
            int length = *(int*)(frame + LengthAt), captured = *(int*)(frame + CapturedAt);
            if ((now & IsQueuedWhole) != 0)
                fixed (byte* start = packet) length = captured = (int)Libc.Read(_socket, start, (nuint)packet.Length);
            else if (captured == length && length <= LargestPacket)
                new ReadOnlySpan<byte>(frame + *(ushort*)(frame + PacketAt), length).CopyTo(packet);
            Volatile.Write(ref status, ToKernel);
            _next = (_next + 1) % Frames;
            // What was cut is lost, as what found no room at all.
            if (captured == length && length > 0) return length;
            _lost++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.UnmapMemory(_memory, Bytes);

    private void Set(int option, ReadOnlySpan<int> value)
    {
        fixed (int* start = value)
            if (Libc.SetOption(_socket, Level, option, start, (uint)value.Length * sizeof(int)) != 0) throw Failed("packet socket");
    }

    private static NamespaceException Failed(string step) =>
        new(NamespaceFailure.NotSupported, step, Marshal.GetLastPInvokeErrorMessage());
}
