using System.Runtime.InteropServices;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Signals while a command runs. Those of the terminal reach the command by themselves and leave this process alone; one that was sent to
/// this process is passed on.
/// </summary>
internal sealed class PassedSignals : IDisposable
{
    private const int Hangup = 1, Interrupt = 2, Terminate = 15;

    private readonly PosixSignalRegistration[] _registrations;
    private readonly ManualResetEventSlim _hasCommand = new();
    private Action<int> _send = _ => { };

    /// <summary>Signals are taken until this is disposed of.</summary>
    public PassedSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Pass(context, IsAlone ? Interrupt : null)),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Pass(context, Terminate)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Pass(context, Hangup)),
    ];

    /// <summary>Whether an interrupt of the terminal reaches nobody but this process, and so is passed on.</summary>
    public bool IsAlone { get; init; }

    /// <summary>There is a command now; what came before reaches it too.</summary>
    /// <param name="send">Sends it a signal by its number.</param>
    public void PassTo(Action<int> send)
    {
        _send = send;
        _hasCommand.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _hasCommand.Dispose();
    }

    private void Pass(PosixSignalContext context, int? signal)
    {
        context.Cancel = true;
        if (signal is not { } number) return;
        _hasCommand.Wait();
        _send(number);
    }
}
