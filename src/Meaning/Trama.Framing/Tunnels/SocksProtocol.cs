namespace Trama.Framing.Tunnels;

/// <summary>SOCKS, versions 4, 4a and 5 (RFC 1928, RFC 1929): a client asks a proxy for a connection, in which what follows is recognised
/// anew.</summary>
internal sealed class SocksProtocol : Protocol
{
    // A client offers so many methods at most; more would be something else.
    private const int MostOffered = 8;

    /// <inheritdoc/>
    public override string Name => "socks";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [1080];

    /// <summary>The first bytes of the client are short, so they must be all of its first message.</summary>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (speaker != Direction.ToServer) return Likeness.No;
        int length = SocksMessage.RequestLength(first, isGreeting: true);
        bool isLikely = first[0] == SocksMessage.Version5
            ? first.Length < 2 || first[1] is > 0 and <= MostOffered
            : first[0] == SocksMessage.Version4 && (first.Length < 4 || (first[1] == SocksMessage.Connect && (first[2] | first[3]) != 0));
        return !isLikely || (length > 0 && first.Length > length) ? Likeness.No : first.Length == length ? Likeness.Yes : Likeness.Open;
    }

    /// <summary>Later nothing in its bytes is its own.</summary>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new SocksSession();
        return new(Name, new SocksRequestStream(session), new SocksReplyStream(session));
    }
}
