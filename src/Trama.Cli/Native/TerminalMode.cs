namespace Trama.Cli.Native;

/// <summary>How the terminal behaves to which standard error goes.</summary>
internal static class TerminalMode
{
    private const int StandardError = 2, Room = 256;
    private const uint Canonical = 2;

    // struct termios begins with c_iflag, c_oflag, c_cflag and c_lflag.
    private const int LocalFlagsAt = 12;

    /// <summary>Whether a program has set it to hand over each key at once, as those do that fill the screen.</summary>
    public static bool IsRaw
    {
        get
        {
            byte[] mode = new byte[Room];
            return OperatingSystem.IsLinux() && Libc.GetTerminalMode(StandardError, mode) == 0
                && (BitConverter.ToUInt32(mode, LocalFlagsAt) & Canonical) == 0;
        }
    }
}
