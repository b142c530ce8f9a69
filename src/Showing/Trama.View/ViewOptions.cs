using Trama.Reports.Browsing;
using Trama.Reports.Text;

namespace Trama.View;

/// <summary>What a view is of, and how it is shown.</summary>
/// <param name="Name">The name of the capture or device, for the path on top.</param>
/// <param name="Text">Language, colours, ASCII; the width is that of the screen.</param>
public sealed record ViewOptions(string Name, TextOptions Text)
{
    /// <summary>Gives the packets again, to save them; null when they are gone.</summary>
    public IRecordedPackets? Packets { get; init; }

    /// <summary>How far the file at hand is read, in bytes, and how long it is; null when that is not known.</summary>
    public Func<(long Read, long Size)?> Progress { get; init; } = () => null;

    /// <summary>Whether packets come as they are captured.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether the file is still being written, and followed.</summary>
    public Func<bool> Follows { get; init; } = () => false;

    /// <summary>Whether the file was read to its end, and is longer by now.</summary>
    public Func<bool> HasGrown { get; init; } = () => false;

    /// <summary>The capture file that a command line would name; null for a device or a pipe.</summary>
    public string? File { get; init; }

    /// <summary>Refuses to write to a path by throwing an <see cref="IOException"/>; what is there already is never written over.</summary>
    public Action<string> BeforeWriting { get; init; } = _ => { };
}
