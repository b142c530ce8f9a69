using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Trama.Peers.Native;

/// <summary>Loses segments on purpose: a filter of the socket's own (socket(7), SO_ATTACH_FILTER), which needs no privilege.</summary>
internal static class LossFilter
{
    private const int SolSocket = 1, SoAttachFilter = 26;
    private const int InstructionBytes = 8;

    // Where the kernel gives a random number in place of a byte of the packet (linux/filter.h: SKF_AD_OFF + SKF_AD_RANDOM).
    private const uint RandomNumber = unchecked((uint)(-0x1000 + 56));

    /// <summary>Has the socket lose segments that carry bytes.</summary>
    /// <param name="socket">A TCP socket.</param>
    /// <param name="probability">With which each is lost, 0 to 1.</param>
    /// <exception cref="SocketException">The kernel refused.</exception>
    public static void Attach(Socket socket, double probability)
    {
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException();
        // The filter sees a segment from its TCP header on (RFC 9293 section 3.1).
        (ushort Code, byte True, byte False, uint Value)[] program =
        [
            (0x30, 0, 0, 12), // The byte whose upper half is the header's length in words of 4 bytes.
            (0x54, 0, 0, 0xF0),
            (0x74, 0, 0, 2),
            (0x07, 0, 0, 0),
            (0x80, 0, 0, 0), // All of the segment, less its header.
            (0x1C, 0, 0, 0),
            (0x15, 2, 0, 0),
            (0x20, 0, 0, RandomNumber),
            (0x35, 0, 1, (uint)(Math.Clamp(probability, 0, 1) * uint.MaxValue)),
            (0x06, 0, 0, uint.MaxValue),
            (0x06, 0, 0, 0),
        ];
        byte[] instructions = GC.AllocateArray<byte>(program.Length * InstructionBytes, pinned: true);
        for (int at = 0; at < program.Length; at++)
        {
            Span<byte> instruction = instructions.AsSpan(at * InstructionBytes);
            MemoryMarshal.Write(instruction, program[at].Code);
            (instruction[2], instruction[3]) = (program[at].True, program[at].False);
            MemoryMarshal.Write(instruction[4..], program[at].Value);
        }

        // struct sock_fprog: how many, and where; the kernel copies them.
        Span<byte> filter = stackalloc byte[2 * IntPtr.Size];
        filter.Clear();
        MemoryMarshal.Write(filter, (ushort)program.Length);
        MemoryMarshal.Write(filter[IntPtr.Size..], Marshal.UnsafeAddrOfPinnedArrayElement(instructions, 0));
        socket.SetRawSocketOption(SolSocket, SoAttachFilter, filter);
        GC.KeepAlive(instructions);
    }
}
