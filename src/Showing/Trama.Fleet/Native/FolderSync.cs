using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Trama.Fleet.Native;

/// <summary>Has the disk take the names in a folder: what was renamed or made there is found after a power cut.</summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Does it. Windows writes names through by itself.</summary>
    /// <exception cref="IOException">The disk does not.</exception>
    public static void Keep(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int file = Libc.Open(folder, ReadOnly);
        if (file < 0) throw Failure(folder);
        int result = Libc.Sync(file);
        IOException? failure = result < 0 ? Failure(folder) : null;
        _ = Libc.Close(file);
        if (failure is not null) throw failure;
    }

    private static IOException Failure(string folder) =>
        new($"{folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
}
