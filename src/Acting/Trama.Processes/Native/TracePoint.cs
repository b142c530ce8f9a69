using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trama.Processes.Native;

/// <summary>
/// What the kernel says of one of its trace points, read from a tracefs of this process alone: nothing is mounted where others see it.
/// </summary>
internal static class TracePoint
{
    // The same on every architecture.
    private const int OpenFilesystem = 430, Configure = 431, Mount = 432;
    private const uint CreateCommand = 6, CloseOnExec = 1;
    private const int ReadClosedOnExec = 0x80000;
    private const int RoomBytes = 8192;

    /// <summary>Reads a file of a trace point.</summary>
    /// <param name="name">Group, point and file: <c>sock/inet_sock_set_state/id</c>.</param>
    /// <returns>Its text; null when there is none, or it may not be read.</returns>
    public static string? Read(string name)
    {
        using SafeFileHandle? folder = Tracefs();
        if (folder is null) return null;
        int descriptor = Libc.OpenIn(folder, "events/" + name, ReadClosedOnExec);
        if (descriptor < 0) return null;
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        byte[] room = new byte[RoomBytes];
        int length = 0;
        while (length < room.Length
            && Libc.Read(descriptor, room.AsSpan(length), (nuint)(room.Length - length)) is > 0 and var count) length += (int)count;
        return Encoding.ASCII.GetString(room, 0, length);
    }

    /// <summary>The number of a trace point; null when it is not known.</summary>
    public static int? Id(string name) =>
        int.TryParse(Read(name + "/id"), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int id) ? id : null;

    private static SafeFileHandle? Tracefs()
    {
        int context = (int)Libc.OpenFilesystem(OpenFilesystem, "tracefs", CloseOnExec);
        if (context < 0) return null;
        using var owned = new SafeFileHandle(context, ownsHandle: true);
        if (Libc.ConfigureFilesystem(Configure, context, CreateCommand, 0, 0, 0) < 0) return null;
        int mount = (int)Libc.MountFilesystem(Mount, context, CloseOnExec, 0);
        return mount < 0 ? null : new SafeFileHandle(mount, ownsHandle: true);
    }
}
