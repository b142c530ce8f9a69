using System.Runtime.InteropServices;

namespace Trama.Captures.Native;

/// <summary>The C library's functions about devices.</summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    /// <summary>A new socket, socket(2); negative when refused.</summary>
    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int kind, int protocol);

    /// <summary>Asks or changes what a device is, ioctl(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int DeviceControl(int socket, nuint request, ref DeviceRequest device);

    /// <summary>Closes a file descriptor, close(2).</summary>
    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>struct ifreq of 40 bytes: a device's name and its flags.</summary>
    public struct DeviceRequest
    {
        private const int LongestName = 15;

        /// <summary>The name, ended by a zero byte.</summary>
        public fixed byte DeviceName[LongestName + 1];

        /// <summary>The flags, IFF_UP and others.</summary>
        public short Flags;

        /// <summary>Not used.</summary>
        public fixed byte Rest[22];

        /// <summary>A request about a device.</summary>
        public DeviceRequest(string device)
        {
            for (int i = 0; i < Math.Min(device.Length, LongestName); i++) DeviceName[i] = (byte)device[i];
        }
    }
}
