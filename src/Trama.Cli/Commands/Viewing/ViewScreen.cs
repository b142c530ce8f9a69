using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Trama.View;
using Trama.View.Keyboard;
using Trama.View.Screen;

namespace Trama.Cli.Commands.Viewing;

/// <summary>Shows a view on the terminal until the person ends it, or a signal does.</summary>
internal sealed class ViewScreen : IDisposable
{
    private const byte CtrlZ = 26, CtrlL = 12;

    // What may follow the byte of the Esc key follows at once, over a slow line soon.
    private static readonly TimeSpan AfterEscape = TimeSpan.FromMilliseconds(60);

    // Said among what is typed, but no part of it: a sequence may go on after it.
    private static readonly byte[] Redrawn = [CtrlL];

    // An empty array says that the terminal has gone.
    private readonly BlockingCollection<byte[]> _typed = [];
    private readonly IScreenView _view;
    private readonly FullScreen _screen;
    private readonly HeldErrors _errors;
    private readonly ScreenUpdate _update = new();
    private readonly KeyReader _reader = new();
    private readonly List<Key> _keys = [];
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _isOver;

    /// <summary>Prepares it.</summary>
    public ViewScreen(IScreenView view, FullScreen screen, TypedBytes keyboard, HeldErrors errors)
    {
        (_view, _screen, _errors) = (view, screen, errors);
        keyboard.PassTo(_typed);
        foreach (PosixSignal end in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            On(end, End);
        // Other systems have no terminal that tells of these.
        if (OperatingSystem.IsWindows()) return;
        On(PosixSignal.SIGWINCH, _ => Redraw());
        On(PosixSignal.SIGTSTP, context =>
        {
            context.Cancel = true;
            _typed.Add([CtrlZ]);
        });
        On(PosixSignal.SIGCONT, _ =>
        {
            screen.Continue();
            Redraw();
            // Others set the terminal's mode at this moment too; afterwards it is set once more.
            Thread.Sleep(AfterEscape);
            Redraw();
        });
    }

    /// <summary>Shows the view to its end.</summary>
    public void Run()
    {
        _screen.Enter();
        while (!_isOver && !_view.IsOver)
        {
            Show();
            TimeSpan wait = _reader.IsWaiting ? AfterEscape : _view.Interval;
            if (_typed.TryTake(out byte[]? bytes, wait))
            {
                if (bytes.Length == 0) return;
                if (bytes is [CtrlL]) Renew();
                if (bytes != Redrawn) _reader.Take(bytes, _keys);
            }
            else if (_reader.IsWaiting)
            {
                _reader.Settle(_keys);
            }

            foreach (Key key in _keys) _view.Take(key);
            _keys.Clear();
            _view.Look();
            if (!_view.WantsShell) continue;
            _screen.ToShell();
            _update.Forget();
            _view.Return();
        }
    }

    private void Renew()
    {
        _screen.Hold();
        _update.Forget();
    }

    // Everything is to be drawn again.
    private void Redraw() => _typed.Add(Redrawn);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    private void On(PosixSignal signal, Action<PosixSignalContext> act) => _signals.Add(PosixSignalRegistration.Create(signal, act));

    // The second signal kills as usual; the terminal is whole by then.
    private void End(PosixSignalContext context)
    {
        if (_isOver) return;
        context.Cancel = true;
        _isOver = true;
        _screen.End();
        _typed.Add([]);
    }

    private void Show()
    {
        if (_errors.TakeLatest() is { } told) _view.Note = told;
        (int columns, int rows) = FullScreen.Size;
        if (columns > 0 && rows > 0) _view.Resize(columns, rows);
        _screen.Send(_update.Of(_view.Draw()));
        _screen.Send(Encoding.ASCII.GetBytes(_view.TakeControls()));
    }
}
