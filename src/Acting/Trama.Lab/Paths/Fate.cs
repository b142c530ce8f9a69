namespace Trama.Lab.Paths;

/// <summary>What an obstacle does to a packet.</summary>
internal readonly record struct Fate
{
    /// <summary>Nothing: the packet goes on.</summary>
    public static Fate Pass => default;

    /// <summary>Why the packet ends here; null when it goes on.</summary>
    public string? Dropped { get; private init; }

    /// <summary>Whether it reaches the host, but not the host's TCP.</summary>
    public bool Refused { get; private init; }

    /// <summary>How much longer it takes, in nanoseconds.</summary>
    public long Delay { get; private init; }

    /// <summary>Whether later packets may overtake it meanwhile.</summary>
    public bool Overtaken { get; private init; }

    /// <summary>How long after it a copy follows, in nanoseconds; 0 for none.</summary>
    public long CopyAfter { get; private init; }

    /// <summary>What goes on in its place; null for the packet itself.</summary>
    public byte[]? Replacement { get; private init; }

    /// <summary>A device writes it anew.</summary>
    public static Fate Replace(byte[] packet) => new() { Replacement = packet };

    /// <summary>The packet ends here.</summary>
    public static Fate Drop(string reason) => new() { Dropped = reason };

    /// <summary>The firewall of the host that it goes to stops it: only a capture there sees it.</summary>
    public static Fate Refuse => new() { Refused = true };

    /// <summary>It waits in a queue, and later packets behind it.</summary>
    public static Fate Queue(long nanoseconds) => new() { Delay = nanoseconds };

    /// <summary>It is held back while later packets overtake it.</summary>
    public static Fate Hold(long nanoseconds) => new() { Delay = nanoseconds, Overtaken = true };

    /// <summary>It goes on, and a copy follows it.</summary>
    public static Fate Copy(long nanosecondsLater) => new() { CopyAfter = nanosecondsLater };
}
