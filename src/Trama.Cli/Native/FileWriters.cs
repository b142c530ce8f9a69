using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Cli.Native;

/// <summary>Whether anybody writes to a file.</summary>
internal static class FileWriters
{
    // fcntl(2): a read lease is given where nobody has the file open for writing.
    private const int SetLease = 1024; // F_SETLEASE
    private const int SetSignal = 10; // F_SETSIG
    private const int ReadLease = 0; // F_RDLCK
    private const int NoLease = 2; // F_UNLCK
    private const int IgnoredSignal = 23; // SIGURG
    private const int WouldBlock = 11; // EAGAIN

    /// <summary>Whether any process has a file open for writing.</summary>
    /// <param name="file">The file, open for reading alone.</param>
    /// <returns>Null when the kernel does not say: of files of others, and of some file systems.</returns>
    public static bool? Any(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            int handle = (int)file.DangerousGetHandle();
            // Who opens it for writing in the moment of the lease is told of by a signal that does nothing.
            if (Libc.Control(handle, SetSignal, IgnoredSignal) < 0) return null;
            if (Libc.Control(handle, SetLease, ReadLease) < 0)
                return Marshal.GetLastPInvokeError() == WouldBlock ? true : null;
            _ = Libc.Control(handle, SetLease, NoLease);
            return false;
        }
        finally
        {
            if (isHeld) file.DangerousRelease();
        }
    }
}
