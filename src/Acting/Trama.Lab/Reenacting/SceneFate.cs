namespace Trama.Lab.Reenacting;

/// <summary>What the path does to the segments that carry a place of a stream.</summary>
/// <param name="ToServer">Whether it is the client's stream.</param>
/// <param name="Offset">The place: an offset in the stream, from 0; -1 for the SYN.</param>
/// <param name="Lost">How many transmissions of it are lost, from the first.</param>
/// <param name="HoldNs">How long the first that is not lost is held back while others overtake it, in nanoseconds; 0 for not.</param>
public sealed record SceneFate(bool ToServer, long Offset, int Lost, long HoldNs = 0)
{
    /// <summary>How many places it is about, from <see cref="Offset"/> on: a segment that carries any of them meets it.</summary>
    public long Places { get; init; } = 1;

    /// <summary>How long after the first that is not lost a copy of it follows, in nanoseconds; 0 for none.</summary>
    public long CopyAfterNs { get; init; }

    /// <summary>Whether nothing at all passes in its direction once it was lost.</summary>
    public bool EndsPath { get; init; }

    /// <summary>The number that stands for all transmissions.</summary>
    public const int All = int.MaxValue;

    /// <summary>The place of a SYN.</summary>
    public const long Syn = -1;
}
