using System.Text;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Viewing;

/// <summary>The terminal while a view fills it. However the command ends, the terminal is given back as it was: <see cref="Leave"/> may be
/// called at any time, on any thread, and more than once.</summary>
internal sealed class FullScreen : IDisposable
{
    private const int StandardOutput = 1, StopSignal = 19; // SIGSTOP
    private const int Hangup = 5; // EIO

    private readonly HandleOutput _output = new(StandardOutput);
    private readonly ManualResetEventSlim _isBack = new();
    private readonly Lock _lock = new();
    private readonly int _keyboard;
    private readonly string _title;
    private RawTerminal? _mode;
    private bool _isOver;

    /// <summary>Prepares it; the terminal is taken with <see cref="Enter"/>.</summary>
    /// <param name="keyboard">The handle that keys come from.</param>
    /// <param name="title">What the window is called meanwhile; it may hold anything.</param>
    public FullScreen(int keyboard, string title) => (_keyboard, _title) = (keyboard, VisibleText.Of(title));

    /// <summary>The columns and rows that there are now.</summary>
    public static (int Columns, int Rows) Size => (WindowSize.Columns(StandardOutput), WindowSize.Rows(StandardOutput));

    /// <summary>Takes the terminal.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_isOver) return;
            _mode ??= new RawTerminal(_keyboard);
            Write(Encoding.UTF8.GetBytes(Ansi.EnterScreen + Ansi.Title(_title)));
        }
    }

    /// <summary>Sets the mode of the terminal again, if it is taken: the runtime and the shell change it when a stopped process goes
    /// on.</summary>
    public void Hold()
    {
        lock (_lock) _mode?.SetAgain();
    }

    /// <summary>Gives the terminal back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (_mode is not { } mode) return;
            _mode = null;
            // The mode first: where the terminal has gone, nothing can be written.
            mode.Dispose();
            Write(Encoding.ASCII.GetBytes(Ansi.TitleBack + Ansi.LeaveScreen));
        }
    }

    /// <summary>Sends something to the terminal, if it is taken.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_mode is not null && !bytes.IsEmpty) Write(bytes);
        }
    }

    /// <summary>Gives the terminal back, stops as Ctrl-Z does, and takes it again when the person is back.</summary>
    public void ToShell()
    {
        Leave();
        _isBack.Reset();
        _ = Libc.Signal(0, StopSignal);
        // The signal may come a moment after the call; where the shell does not let it stop, one goes on after that moment.
        _isBack.Wait(TimeSpan.FromSeconds(1));
        Enter();
    }

    /// <summary>The process goes on after it was stopped.</summary>
    public void Continue() => _isBack.Set();

    /// <summary>Gives the terminal back for good.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
            Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _isBack.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _output.Write(bytes);
        }
        catch (IOException gone) when (gone.HResult == Hangup || _output.IsReaderGone)
        {
            // The person has hung up; the signal for that is on its way.
        }
    }
}
