using System.Runtime.InteropServices;

namespace Trama.Mcp;

/// <summary>Takes the first SIGINT, SIGTERM or SIGHUP for the word that the client has gone; the second one kills as usual.</summary>
internal sealed class EndingSignals : IDisposable
{
    private readonly CancellationTokenSource _gone;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Signals are caught until this is disposed of.</summary>
    /// <param name="gone">Cancelled by the first one.</param>
    public EndingSignals(CancellationTokenSource gone)
    {
        _gone = gone;
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, On))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        if (_gone.IsCancellationRequested) return;
        context.Cancel = true;
        _gone.Cancel();
    }
}
