using Microsoft.Win32.SafeHandles;
using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// Which of the three standard handles the program was started without. The number of a missing one belongs to a file of the runtime's
/// own, which is known by its mark (nothing that a program is started with closes on exec), or would go to the next file that is opened.
/// </summary>
internal static class StandardHandles
{
    private const int GetHandleFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private static readonly bool[] Missing = new bool[3];
    private static readonly List<SafeFileHandle> Placeholders = [];

    /// <summary>Finds out, and takes the free numbers out of the way. To be called before anything is opened.</summary>
    public static void Secure()
    {
        if (OperatingSystem.IsWindows()) return;
        for (int handle = 0; handle < Missing.Length; handle++)
        {
            int flags = Libc.Control(handle, GetHandleFlags);
            Missing[handle] = flags is < 0 or CloseOnExec;
            if (flags < 0) Placeholders.Add(File.OpenHandle("/dev/null", access: FileAccess.ReadWrite));
        }
    }

    /// <summary>Whether the program was started without this handle: 0, 1 or 2.</summary>
    public static bool IsMissing(int handle) => Missing[handle];
}
