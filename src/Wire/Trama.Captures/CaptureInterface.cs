using Trama.Packets;

namespace Trama.Captures;

/// <summary>An interface that records of a capture came from. A pcap file has one, a pcapng file any number.</summary>
/// <param name="LinkType">The layer at which its records start.</param>
/// <param name="SnapLength">How many bytes of a packet are captured at most, as far as the file limits it.</param>
public sealed record CaptureInterface(LinkType LinkType, int SnapLength)
{
    /// <summary>The name, such as <c>eth0</c>; empty when unknown.</summary>
    public string Name { get; init; } = "";

    /// <summary>A text about the interface; empty when there is none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The filter expression used while capturing; empty when unknown.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The operating system of the capturing machine; empty when unknown.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Whether timestamps are finer than microseconds.</summary>
    public bool IsNanosecond { get; init; }

    /// <summary>Whether the capturing machine wrote its own fields, such as an address family, in big-endian order.</summary>
    public bool IsBigEndian { get; init; }
}
