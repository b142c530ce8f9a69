using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>A terminal, usually standard input, that hands over each key at once and shows none, until it is disposed of.</summary>
internal sealed class RawTerminal : IDisposable
{
    // Larger than struct termios of any system.
    private const int Room = 256;

    private readonly int _handle;
    private readonly byte[] _before = new byte[Room];
    private readonly bool _isKnown;
    private int _isOver;

    /// <summary>Sets the terminal's mode.</summary>
    /// <param name="handle">A handle of the terminal.</param>
    public RawTerminal(int handle = 0)
    {
        _handle = handle;
        _isKnown = Libc.GetTerminalMode(handle, _before) == 0;
        SetAgain();
    }

    /// <summary>Sets the mode once more, where something else may have changed it: the shell, while the process was stopped.</summary>
    public void SetAgain()
    {
        if (!_isKnown) return;
        byte[] raw = (byte[])_before.Clone();
        Libc.MakeRaw(raw);
        _ = Libc.SetTerminalMode(_handle, 0, raw);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0 && _isKnown) _ = Libc.SetTerminalMode(_handle, 0, _before);
    }
}
