namespace Trama.Framing;

/// <summary>A message is all that one side says until the other speaks: nothing in the bytes ends it.</summary>
internal sealed class TurnStream : StreamFraming
{
    /// <inheritdoc/>
    public override bool EndsAtClose => true;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes) => FrameStep.NeedMore(bytes.Length);

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) => FrameStep.NeedMore(count);
}
