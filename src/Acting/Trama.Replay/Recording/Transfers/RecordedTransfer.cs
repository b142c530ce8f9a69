using Trama.Tracing;

namespace Trama.Replay.Recording.Transfers;

/// <summary>What an exchange carried over a connection of its own, as FTP carries files and lists.</summary>
public sealed record RecordedTransfer
{
    /// <summary>The number in the capture of the connection that carried it.</summary>
    public required long Connection { get; init; }

    /// <summary>Which side of the exchange's connection sent it.</summary>
    public required Side From { get; init; }

    /// <summary>What was sent, in order; nothing of an empty file.</summary>
    public required IReadOnlyList<RecordedMessage> Pieces { get; init; }

    /// <summary>Whether the capture has all of it, and it is not encrypted.</summary>
    public required bool IsWhole { get; init; }
}
