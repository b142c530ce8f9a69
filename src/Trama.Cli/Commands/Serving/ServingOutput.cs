namespace Trama.Cli.Commands.Serving;

/// <summary>What is told of a server, and where it is kept.</summary>
/// <param name="Json">Whether events are printed as JSON.</param>
/// <param name="Quiet">Whether neither clients nor messages are printed.</param>
/// <param name="Record">The file of <c>--record</c>, or null.</param>
/// <param name="Capture">The file of <c>--capture</c>, or null.</param>
/// <param name="RunsCommands">Whether who reaches the server has a command run.</param>
internal sealed record ServingOutput(bool Json, bool Quiet, string? Record, string? Capture, bool RunsCommands)
{
    /// <summary>The file of <c>--keylog</c>, or null.</summary>
    public string? KeyLog { get; init; }
}
