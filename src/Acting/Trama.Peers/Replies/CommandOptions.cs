using Trama.Framing;

namespace Trama.Peers.Replies;

/// <summary>A command that answers messages.</summary>
public sealed record CommandOptions
{
    /// <summary>The program and its arguments, at least the program.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>How replies are marked, and where in a message its words are.</summary>
    public required FramingRule Framing { get; init; }

    /// <summary>How long it may take before it is killed with all that it started.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many run at once; further messages wait.</summary>
    public int Most { get; init; } = 16;

    /// <summary>The most bytes that it may write.</summary>
    public long ReplyLimit { get; init; } = 16 << 20;
}
