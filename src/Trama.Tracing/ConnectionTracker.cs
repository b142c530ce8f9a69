using Trama.Packets;

namespace Trama.Tracing;

/// <summary>Turns records into connections, streams, messages and exchanges, and tells them to a sink as soon as they are known.</summary>
public sealed class ConnectionTracker(TracingOptions options, ITraceSink sink)
{
    /// <summary>What was given so far.</summary>
    public CaptureTotals Totals { get; } = new();

    /// <summary>Takes the next record of the capture.</summary>
    public void Observe(in Record record)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sink);
        Totals.Packets++;
        Totals.Bytes += record.OriginalLength;
        Totals.FirstAt ??= record.Timestamp;
        Totals.LastAt = record.Timestamp;
    }

    /// <summary>Ends the capture: tells every exchange and connection that is still open.</summary>
    public void Complete() => Totals.LastAt ??= Totals.FirstAt;
}
