namespace Trama.Framing.Tunnels;

/// <summary>The header with which a proxy tells whom a connection is from (the PROXY protocol, versions 1 and 2); what follows is
/// recognised anew.</summary>
internal sealed class ProxyProtocol : Protocol
{
    // So many bytes are no other protocol's.
    private const int EnoughOfText = 8;

    /// <inheritdoc/>
    public override string Name => "proxy";

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (speaker != Direction.ToServer) return Likeness.No;
        ReadOnlySpan<byte> signature = ProxyHeader.Signature;
        return first[0] == signature[0] ? Recognition.Begins(first, signature)
            : first.Length < EnoughOfText ? Recognition.Begins(first, "PROXY TC"u8).Or(Recognition.Begins(first, "PROXY UN"u8))
            : first.StartsWith("PROXY TC"u8) || first.StartsWith("PROXY UN"u8) ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new ProxyStream(), new TurnStream());
}
