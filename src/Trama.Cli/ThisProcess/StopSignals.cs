using System.Runtime.InteropServices;
using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>Turns the first Ctrl-C, SIGTERM or SIGHUP into a request to stop in good order; the second one kills as usual.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupt = 2; // SIGINT
    private const nint DefaultAction = 0; // SIG_DFL

    private readonly PosixSignalRegistration[] _registrations;
    private readonly CancellationTokenSource _stop;

    /// <summary>Signals are caught until this is disposed of.</summary>
    /// <param name="stop">Cancelled by the first signal.</param>
    public StopSignals(CancellationTokenSource stop)
    {
        _stop = stop;
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>
    /// Lets SIGINT through where it was ignored: a shell script starts so what it puts in the background, but whoever sends one with
    /// kill -INT means it. To be called before anything else, since the runtime looks only once. SIGHUP stays ignored, where nohup asked
    /// for that.
    /// </summary>
    public static void HeedInterrupts()
    {
        if (!OperatingSystem.IsWindows()) _ = Libc.SetAction(Interrupt, DefaultAction);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested) return;
        context.Cancel = true;
        _stop.Cancel();
    }
}
