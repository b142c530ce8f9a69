namespace Trama.Framing.Ssh;

/// <summary>One direction of SSH after its key exchange. What is sealed may be keys that are pressed, or a file: nothing is
/// due.</summary>
internal sealed class SshSealedStream : StreamFraming
{
    /// <inheritdoc/>
    public override bool EndsAtClose => true;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        // Whose turn it is says nothing about what belongs together.
        (end.Protocol, end.ReplyDue) = (null, false);
        end.Description = "sealed"u8;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes) => FrameStep.NeedMore(bytes.Length);

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) => FrameStep.NeedMore(count);
}
