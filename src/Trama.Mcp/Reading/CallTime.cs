using System.Diagnostics;

namespace Trama.Mcp.Reading;

/// <summary>How long a call may go on: until its time is over, or its client needs it no more.</summary>
/// <param name="most">How long.</param>
/// <param name="client">The client's word that nobody waits any more.</param>
internal sealed class CallTime(TimeSpan most, CancellationToken client)
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>How long.</summary>
    public TimeSpan Most => most;

    /// <summary>The client's word that nobody waits any more.</summary>
    public CancellationToken Client => client;

    /// <summary>How much is left; zero when it is over.</summary>
    public TimeSpan Left => most - Stopwatch.GetElapsedTime(_begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Whether the time is over.</summary>
    /// <exception cref="OperationCanceledException">The client needs it no more.</exception>
    public bool IsOver()
    {
        client.ThrowIfCancellationRequested();
        return Left == TimeSpan.Zero;
    }
}
