namespace Trama.Lab.Paths;

/// <summary>How the captures on the hosts are written.</summary>
internal sealed record CaptureSettings
{
    /// <summary>A snapshot length that cuts nothing.</summary>
    public const int Whole = 262_144;

    /// <summary>The most bytes of a packet that are kept.</summary>
    public int SnapLength { get; init; } = Whole;

    /// <summary>Whether timestamps have nanoseconds, else microseconds.</summary>
    public bool Nanoseconds { get; init; } = true;

    /// <summary>Whether records start with an Ethernet header, made when they are written; else with IP.</summary>
    public bool Ethernet { get; init; }

    /// <summary>Whether every packet is there again a moment later, as a mirror port shows it.</summary>
    public bool Twice { get; init; }

    /// <summary>Whether only what the host sends is captured.</summary>
    public bool SentOnly { get; init; }

    /// <summary>How many packets pass before the capture begins.</summary>
    public int BeginsAfterPackets { get; init; }
}
