using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>Standard input as a terminal that hands over each key at once and shows none, until it is disposed of.</summary>
internal sealed class RawTerminal : IDisposable
{
    // Larger than struct termios of any system.
    private const int Room = 256;

    private readonly byte[] _before = new byte[Room];
    private int _isOver;

    /// <summary>Sets the terminal's mode.</summary>
    public RawTerminal()
    {
        if (Libc.GetTerminalMode(0, _before) != 0) return;
        byte[] raw = (byte[])_before.Clone();
        Libc.MakeRaw(raw);
        _ = Libc.SetTerminalMode(0, 0, raw);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) _ = Libc.SetTerminalMode(0, 0, _before);
    }
}
