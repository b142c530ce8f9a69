using System.Buffers;

namespace Trama.Cli.Logs;

/// <summary>
/// Lines from many threads, written whole, at once and in order. A thread that finds another one writing leaves its
/// line to it, so a burst goes out in few writes while a single line is out before the call returns. When the reader
/// is far behind, the callers wait for it.
/// </summary>
internal sealed class LogOutput(Stream stream, Action failed)
{
    private const int MostPending = 1 << 20;

    private readonly object _gate = new();
    private ArrayBufferWriter<byte> _pending = new();
    private ArrayBufferWriter<byte> _leaving = new();
    private bool _isWriting;

    /// <summary>What a write met; nothing is written after it.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Writes one line, or several, that end with LF.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        lock (_gate)
        {
            while (_isWriting && _pending.WrittenCount > MostPending) Monitor.Wait(_gate);
            if (Failure is not null) return;
            _pending.Write(lines);
            if (_isWriting) return;
            _isWriting = true;
        }

        try
        {
            while (TakePending()) stream.Write(_leaving.WrittenSpan);
        }
        catch (IOException error)
        {
            lock (_gate)
            {
                Failure = error;
                _isWriting = false;
                Monitor.PulseAll(_gate);
            }

            failed();
        }
    }

    private bool TakePending()
    {
        lock (_gate)
        {
            // Whoever appends from now on writes for itself.
            _isWriting = _pending.WrittenCount > 0;
            if (!_isWriting) return false;
            (_pending, _leaving) = (_leaving, _pending);
            _pending.ResetWrittenCount();
            Monitor.PulseAll(_gate);
            return true;
        }
    }
}
