using Trama.Cli.Native;
using Trama.Cli.ThisProcess;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Standard error while a command runs that may have the terminal for itself: what is written while the terminal is in raw mode, as an
/// editor or a pager sets it, comes when it is so no longer.
/// </summary>
internal sealed class HeldOutput : OutputStream
{
    // What comes beyond this is left out, and counted.
    private const int MostHeld = 8 << 20;

    private readonly StandardError _error = new();
    private readonly MemoryStream _held = new();
    private readonly Lock _writing = new();
    private long _lost;

    /// <summary>Whether everything goes out at once: the command is over.</summary>
    public bool IsFree { get; set; }

    /// <summary>How many bytes were left out since the terminal was in raw mode for too long.</summary>
    public long Lost => _lost;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_writing)
        {
            if (!IsFree && TerminalMode.IsRaw)
            {
                if (_held.Length + buffer.Length <= MostHeld) _held.Write(buffer);
                else _lost += buffer.Length;
                return;
            }

            Release();
            _error.Write(buffer);
        }
    }

    /// <summary>Writes what was held, if the terminal is free.</summary>
    public void Retry()
    {
        lock (_writing)
            if (_held.Length > 0 && (IsFree || !TerminalMode.IsRaw)) Release();
    }

    private void Release()
    {
        if (_held.Length == 0) return;
        _error.Write(_held.GetBuffer().AsSpan(0, (int)_held.Length));
        _held.SetLength(0);
    }
}
