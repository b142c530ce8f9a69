using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>When a capture ran, as far as it matters.</summary>
internal readonly record struct Watch(Timestamp From, Timestamp Until)
{
    /// <summary>All the time.</summary>
    public static Watch Always { get; } = new(new Timestamp(long.MinValue), new Timestamp(long.MaxValue));

    public bool Covers(Timestamp at) => From <= at && at <= Until;
}
