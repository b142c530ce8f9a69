using System.Runtime.InteropServices;

namespace Trama.Fleet.Native;

/// <summary>What a store asks of the kernel about folders. A negative result is a failure.</summary>
internal static partial class Libc
{
    /// <summary>Opens a folder to be synced alone: <c>open(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>Has the disk take what a file or folder has: <c>fsync(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int file);

    /// <summary>Closes it: <c>close(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);
}
