namespace Trama.Framing;

/// <summary>The answer of a framing to some bytes.</summary>
/// <param name="Status">Whether a message is complete.</param>
/// <param name="Taken">How many of the bytes belong to the message so far: all of them for
/// <see cref="FrameStatus.NeedMore"/>, at least one for <see cref="FrameStatus.Complete"/>, none for <see cref="FrameStatus.Unfit"/>.</param>
public readonly record struct FrameStep(FrameStatus Status, int Taken)
{
    /// <summary>All of <paramref name="count"/> bytes were taken and the message goes on.</summary>
    public static FrameStep NeedMore(int count) => new(FrameStatus.NeedMore, count);

    /// <summary>The message ends after <paramref name="count"/> bytes.</summary>
    public static FrameStep Complete(int count) => new(FrameStatus.Complete, count);
}
