using Microsoft.Win32.SafeHandles;
using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>Standard input as bytes, unbuffered.</summary>
internal static class StandardInput
{
    private const int GetHandleFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>Whether the program was started without it. Its number then belongs to a file of the runtime's own, such as a source of random
    /// bytes, which is known by its mark: nothing that a program is started with closes on exec.</summary>
    public static bool IsMissing => !OperatingSystem.IsWindows() && Libc.Control(0, GetHandleFlags) is < 0 or CloseOnExec;

    /// <summary>The stream of standard input; unlike the console's own it is a file where standard input is one.</summary>
    public static FileStream Open() => new(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
}
