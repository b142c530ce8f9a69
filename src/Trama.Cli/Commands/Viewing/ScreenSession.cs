using System.Runtime.ExceptionServices;
using Trama.View;

namespace Trama.Cli.Commands.Viewing;

/// <summary>A view that fills the terminal on a thread of its own, while this one does what it is a view of. However it ends, the
/// terminal is given back as it was, and then what was told meanwhile.</summary>
/// <param name="keyboard">Where keys come from.</param>
/// <param name="title">What the window is called meanwhile; it may hold anything.</param>
internal sealed class ScreenSession(TypedBytes keyboard, string title)
{
    /// <summary>Shows a view until the person ends it.</summary>
    /// <param name="view">The view.</param>
    /// <param name="work">What goes on meanwhile, until it is over or is asked to stop.</param>
    /// <param name="stays">Whether the view stays when the work is over.</param>
    public void Run(IScreenView view, Action<CancellationToken> work, Func<bool> stays)
    {
        using var stop = new CancellationTokenSource();
        using var screen = new FullScreen(keyboard.Handle, title);
        TextWriter errors = Console.Error;
        var held = new HeldErrors();
        ExceptionDispatchInfo? failure = null;
        var shown = new Thread(() =>
        {
            try
            {
                using var terminal = new ViewScreen(view, screen, keyboard, held);
                terminal.Run();
            }
            // Whatever it is, the terminal is given back before it is told.
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }

            screen.End();
            stop.Cancel();
        })
        { IsBackground = true, Name = "screen" };
        // Nor does what fails on any other thread leave it broken.
        UnhandledExceptionEventHandler giveBack = (_, _) => screen.End();
        AppDomain.CurrentDomain.UnhandledException += giveBack;
        Console.SetError(held);
        try
        {
            shown.Start();
            work(stop.Token);
            if (stays()) shown.Join();
        }
        finally
        {
            screen.End();
            AppDomain.CurrentDomain.UnhandledException -= giveBack;
            Console.SetError(errors);
            held.WriteTo(errors);
        }

        failure?.Throw();
    }
}
