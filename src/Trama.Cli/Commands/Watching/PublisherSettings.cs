namespace Trama.Cli.Commands.Watching;

/// <summary>What a sensor publishes, and under which name.</summary>
/// <param name="Sensor">Its name.</param>
/// <param name="SpoolBytes">How many bytes wait for hubs at most.</param>
/// <param name="SlowNs">From how many nanoseconds on an exchange is published.</param>
/// <param name="Sample">Of so many others one is.</param>
internal sealed record PublisherSettings(string Sensor, long SpoolBytes, long SlowNs, int Sample);
