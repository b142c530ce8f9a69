namespace Trama.Framing;

/// <summary>The answer of a framing to some bytes.</summary>
/// <param name="Status">Whether a message is complete.</param>
/// <param name="Taken">How many of the bytes were taken: all of them for <see cref="FrameStatus.NeedMore"/>, at least one for
/// <see cref="FrameStatus.Complete"/> and <see cref="FrameStatus.Carry"/> (none only where the next step tells more of the same bytes),
/// none for
/// <see cref="FrameStatus.Unfit"/>.</param>
/// <param name="Message">Which of the direction's open messages the bytes belong to, where a protocol interleaves several (HTTP/2: the
/// stream's identifier); 0 where there is one at a time.</param>
public readonly record struct FrameStep(FrameStatus Status, int Taken, long Message = 0)
{
    /// <summary>All of <paramref name="count"/> bytes were taken and the message goes on.</summary>
    public static FrameStep NeedMore(int count) => new(FrameStatus.NeedMore, count);

    /// <summary>The message ends after <paramref name="count"/> bytes.</summary>
    public static FrameStep Complete(int count) => new(FrameStatus.Complete, count);

    /// <summary>The message goes on after <paramref name="count"/> bytes, at least one, and bytes of another one may follow.</summary>
    public static FrameStep Piece(int count, long message) => new(FrameStatus.Piece, count, message);

    /// <summary><paramref name="count"/> bytes, at least one, belong to no message.</summary>
    public static FrameStep Between(int count) => new(FrameStatus.Between, count);

    /// <summary><paramref name="count"/> bytes belong to no message of this layer; <see cref="StreamFraming.Carried"/> is what they
    /// carried.</summary>
    public static FrameStep Carry(int count) => new(FrameStatus.Carry, count);
}
