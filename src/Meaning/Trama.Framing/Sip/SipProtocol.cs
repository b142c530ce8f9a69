namespace Trama.Framing.Sip;

/// <summary>SIP over TCP (RFC 3261).</summary>
internal sealed class SipProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "sip";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [5060];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn { get; } = ["sip/2"];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) => SipSyntax.Begins(first);

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new SipStream(Direction.ToServer), new SipStream(Direction.ToClient));
}
