namespace Trama.Framing;

/// <summary>A message is a line: it ends with LF, with or without a CR before it.</summary>
internal sealed class LineStream : StreamFraming
{
    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        return end < 0 ? FrameStep.NeedMore(bytes.Length) : FrameStep.Complete(end + 1);
    }
}
