using System.Runtime.InteropServices;

namespace Trama.Run.Native;

/// <summary>Becomes another program, and sends signals to one.</summary>
internal static unsafe class OtherProgram
{
    private const int AmbientCapabilities = 47, ClearAll = 4, BrokenPipe = 13, SignalWhenParentEnds = 1, Hangup = 1;

    /// <summary>
    /// Becomes a command in place of this process, execvp(3): without the rights over its network that this process has, and with the
    /// runtime's way of ignoring broken pipes undone. When the gateway is killed, the command is told as by a terminal that went away:
    /// nobody would answer it any more.
    /// </summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="withGateway">Whether it has a network of its own.</param>
    /// <returns>Only when it failed: the system's number of the error.</returns>
    public static int Become(IReadOnlyList<string> command, bool withGateway)
    {
        if (withGateway)
        {
            _ = Libc.ControlProcess(AmbientCapabilities, ClearAll, 0, 0, 0);
            _ = Libc.ControlProcess(SignalWhenParentEnds, Hangup, 0, 0, 0);
        }

        _ = Libc.SetAction(BrokenPipe, 0);
        byte[][] given = GivenArguments.Of(command);
        byte** arguments = (byte**)NativeMemory.Alloc((nuint)(command.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < command.Count; i++)
        {
            byte[] text = given[i];
            arguments[i] = (byte*)NativeMemory.Alloc((nuint)text.Length);
            text.CopyTo(new Span<byte>(arguments[i], text.Length));
        }

        arguments[command.Count] = null;
        Libc.Become(arguments[0], arguments);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(int process, int signal) => Libc.Kill(process, signal);
}
