using Trama.Packets;

namespace Trama.Captures;

/// <summary>How to capture on a device.</summary>
public sealed record LiveOptions
{
    /// <summary>How many bytes of a packet are captured at most.</summary>
    public int SnapLength { get; init; } = 262_144;

    /// <summary>Whether the device is to take frames that are not for it too.</summary>
    public bool Promiscuous { get; init; } = true;

    /// <summary>Whether a wireless device is put into monitor mode.</summary>
    public bool MonitorMode { get; init; }

    /// <summary>The size of the kernel's buffer in bytes; null for its default of 2 MiB.</summary>
    public int? BufferBytes { get; init; }

    /// <summary>Whether each packet is handed over at once, at the price of more work for each.</summary>
    public bool Immediate { get; init; }

    /// <summary>How long the kernel may collect packets before it hands them over.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The clock that timestamps come from, such as <c>adapter</c>; null for the device's default.</summary>
    public string? TimestampType { get; init; }

    /// <summary>The link type to ask the device for; null for its default.</summary>
    public LinkType? LinkType { get; init; }

    /// <summary>Which packets are wanted, seen from this machine.</summary>
    public CaptureDirection Direction { get; init; }
}

/// <summary>Which packets of a device are wanted, seen from this machine.</summary>
public enum CaptureDirection
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>Those received.</summary>
    In,

    /// <summary>Those sent.</summary>
    Out,
}
