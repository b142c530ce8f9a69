using System.Runtime.InteropServices;

namespace Trama.Cli.ThisProcess;

/// <summary>Standard input as a terminal that hands over each key at once and shows none, until it is disposed of.</summary>
internal sealed partial class RawTerminal : IDisposable
{
    // Larger than struct termios of any system.
    private const int Room = 256;

    private readonly byte[] _before = new byte[Room];
    private int _isOver;

    /// <summary>Sets the terminal's mode.</summary>
    public RawTerminal()
    {
        // What the runtime's console sets on its first use must not come after this.
        _ = Console.WindowWidth;
        if (GetMode(0, _before) != 0) return;
        byte[] raw = (byte[])_before.Clone();
        MakeRaw(raw);
        _ = SetMode(0, 0, raw);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) _ = SetMode(0, 0, _before);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetMode(int handle, [Out] byte[] mode);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetMode(int handle, int when, byte[] mode);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] mode);
}
