namespace Trama.Framing.Stomp;

/// <summary>STOMP 1.0 to 1.2 (its specification): frames of text, answered where a receipt was asked for.</summary>
internal sealed class StompProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "stomp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [61612, 61613, 61614];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? StompVerb.Begins(first, "CONNECT"u8).Or(StompVerb.Begins(first, "STOMP"u8)) : Likeness.No;

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => StompVerb.BeginsFrame(bytes);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new StompSession();
        return new(Name, new StompStream(session), new StompStream(session));
    }
}
