namespace Trama.Framing.Ldap;

/// <summary>LDAP (RFC 4511): messages in BER, whose numbers pair replies with requests.</summary>
internal sealed class LdapProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "ldap";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [389, 636, 3268, 3269];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? LdapHead.Judge(first, speaker, out _) : Likeness.No;

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => LdapHead.Judge(bytes, speaker, out _);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new LdapSession();
        return new(Name, new LdapStream(session, Direction.ToServer), new LdapStream(session, Direction.ToClient));
    }
}
