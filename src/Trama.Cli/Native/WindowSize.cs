using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary><c>struct winsize</c>. The runtime's own way of asking writes control sequences to the terminal first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    private static readonly nuint GetWindowSize = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u; // TIOCGWINSZ

    private readonly ushort _rows, _columns, _width, _height;

    /// <summary>The columns of a terminal; 0 when that is not known.</summary>
    public static int Columns(int handle) => Of(handle)._columns;

    /// <summary>The lines of a terminal; 0 when that is not known.</summary>
    public static int Rows(int handle) => Of(handle)._rows;

    private static WindowSize Of(int handle) =>
        !OperatingSystem.IsWindows() && Libc.DeviceControl(handle, GetWindowSize, out WindowSize size) == 0 ? size : default;
}
