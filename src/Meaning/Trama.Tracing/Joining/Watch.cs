using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>When a capture ran, as far as it matters.</summary>
internal readonly record struct Watch(Timestamp From, Timestamp Until)
{
    /// <summary>All the time.</summary>
    public static Watch Always { get; } = new(new Timestamp(long.MinValue), new Timestamp(long.MaxValue));

    /// <summary>From the first to the last packet of a capture.</summary>
    public static Watch Of(VantagePoint vantage, Func<Timestamp, Timestamp> clock) =>
        vantage.Totals is { FirstAt: { } from, LastAt: { } until } ? new Watch(clock(from), clock(until)) : Always;

    /// <summary>The part of it in which segments of a connection were kept.</summary>
    public Watch LimitedTo(VantagePoint vantage, Connection? connection, Func<Timestamp, Timestamp> clock)
    {
        if (connection is null) return vantage.OmittedConnections == 0 ? this : new Watch(Always.Until, Always.From);
        return connection.OmittedSegments == 0 ? this : this with { Until = clock(connection.Segments[^1].At) };
    }

    public bool Covers(Timestamp at) => From <= at && at <= Until;
}
