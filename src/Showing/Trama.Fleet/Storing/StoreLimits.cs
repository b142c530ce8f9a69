namespace Trama.Fleet.Storing;

/// <summary>How much a store keeps.</summary>
public sealed record StoreLimits
{
    /// <summary>How long rows are kept.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many bytes of rows are kept; the oldest hours go first.</summary>
    public long Bytes { get; init; } = 10L << 30;

    /// <summary>How many bytes are kept of journals that could not be read: a few of them, which somebody may want to look at.</summary>
    public long AsideBytes { get; init; } = 256L << 20;

    /// <summary>How many bytes of packets' headers are kept.</summary>
    public long HeaderBytes { get; init; } = 1L << 30;
}
