namespace Trama.Cli.ThisProcess;

/// <summary>What a person must know about why a command could not be done: one line, no stack trace.</summary>
internal sealed class UserError(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>How the process ends; see <see cref="ExitCode"/>.</summary>
    public int Code { get; } = exitCode;
}
