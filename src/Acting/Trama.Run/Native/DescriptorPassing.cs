using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Run.Native;

/// <summary>Hands a descriptor to another process through a Unix socket, unix(7), SCM_RIGHTS.</summary>
internal static unsafe class DescriptorPassing
{
    private const int SocketLevel = 1, Rights = 1, CloseOnExec = 0x40000000;
    private const int SetFlags = 4, Nonblocking = 0x800, ReadAndWrite = 2;
    private const int ControlHeader = 16, ControlLength = 24;

    /// <summary>The letter that goes with a TUN device.</summary>
    public const byte Tun = 1;

    /// <summary>The letter that goes with the other end of a pair of devices.</summary>
    public const byte Pair = 2;

    /// <summary>The letter that goes with the way in by the loopback device.</summary>
    public const byte Loopback = 3;

    /// <summary>The letter that goes with what tells of the sockets within.</summary>
    public const byte Sockets = 4;

    /// <summary>Hands it on, with a letter that says what it is; or the letter alone.</summary>
    public static void Send(Socket socket, SafeHandle? descriptor, byte letter)
    {
        byte* control = stackalloc byte[ControlLength];
        *(nuint*)control = ControlHeader + sizeof(int);
        *(int*)(control + 8) = SocketLevel;
        *(int*)(control + 12) = Rights;
        if (descriptor is not null) *(int*)(control + ControlHeader) = (int)descriptor.DangerousGetHandle();
        var piece = new Libc.Piece { Start = &letter, Length = 1 };
        var message = new Libc.MessageHeader { Pieces = &piece, PieceCount = 1 };
        if (descriptor is not null)
        {
            message.Control = control;
            message.ControlLength = ControlLength;
        }

        if (Libc.SendMessage(socket.SafeHandle, &message, 0) != 1) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>Takes one.</summary>
    /// <returns>The descriptor; null when there is none, or the other process ended without handing one on.</returns>
    public static SafeFileHandle? Receive(Socket socket, out byte letter)
    {
        byte what = 0;
        byte* control = stackalloc byte[ControlLength];
        var piece = new Libc.Piece { Start = &what, Length = 1 };
        var message = new Libc.MessageHeader { Pieces = &piece, PieceCount = 1, Control = control, ControlLength = ControlLength };
        bool came = Libc.ReceiveMessage(socket.SafeHandle, &message, CloseOnExec) == 1
            && message.ControlLength >= ControlHeader + sizeof(int);
        letter = what;
        return came ? new SafeFileHandle(*(int*)(control + ControlHeader), ownsHandle: true) : null;
    }

    /// <summary>Lets reads of a descriptor return at once when there is nothing.</summary>
    public static void MakeNonblocking(SafeHandle descriptor) =>
        _ = Libc.ControlDescriptor(descriptor, SetFlags, Nonblocking | ReadAndWrite);
}
