namespace Trama.Framing;

/// <summary>Every piece of bytes is a message, as it comes: what one read of a socket gave.</summary>
internal sealed class RawStream : StreamFraming
{
    /// <inheritdoc/>
    public override bool EndsAtClose => true;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes) => FrameStep.Complete(bytes.Length);

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) => FrameStep.Complete(count);
}
