namespace Trama.Framing.Dns;

/// <summary>DNS over TCP (RFC 7766), or over TLS (RFC 7858).</summary>
internal sealed class DnsProtocol : Protocol
{
    // The first byte of the length of a query: few have a kilobyte.
    private const byte MaxQuery = 3;

    /// <inheritdoc/>
    public override string Name => "dns";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [53];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn { get; } = ["dot"];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        Likeness likeness = DnsStream.Judge(speaker, first, out _);
        // The longest names do not fit.
        if (isHinted) return likeness == Likeness.Open && first.Length == MaxFirst ? Likeness.Yes : likeness;
        return speaker == Direction.ToClient || first[0] > MaxQuery ? Likeness.No : likeness;
    }

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        DnsStream.Judge(speaker, bytes, out _) == Likeness.Yes ? Likeness.Yes : Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new DnsSession();
        return new(Name, new DnsStream(Direction.ToServer, session), new DnsStream(Direction.ToClient, session));
    }
}
