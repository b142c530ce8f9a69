using Trama.Captures.Files;

namespace Trama.Cli.Capturing;

/// <summary>A capture file to write (<c>-w</c>).</summary>
/// <param name="Rotation">Its path and when a new one starts; the path <c>-</c> is standard output.</param>
internal sealed record DumpFile(Rotation Rotation)
{
    /// <summary>Whether it is a pcapng file.</summary>
    public bool Pcapng { get; init; }

    /// <summary>Whether timestamps have nanoseconds.</summary>
    public bool Nanoseconds { get; init; }

    /// <summary>Whether each packet is handed to the operating system as soon as it was seen (<c>-U</c>).</summary>
    public bool PacketBuffered { get; init; }

    /// <summary>Whether there can be more than one file.</summary>
    public bool Rotates => Rotation.MaximumBytes is not null || Rotation.Period is not null;
}
