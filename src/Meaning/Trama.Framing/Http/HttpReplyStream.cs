namespace Trama.Framing.Http;

/// <summary>The replies of HTTP/1.x, whose bodies depend on the requests (RFC 9112 section 6.3).</summary>
internal sealed class HttpReplyStream(PendingRequests pending) : HttpStream
{
    private int _code;
    private MessageTraits _traits;
    private FramingRule _next = FramingRule.Turns;

    /// <inheritdoc/>
    public override MessageTraits Traits => _traits;

    /// <inheritdoc/>
    public override FramingRule Next => _next;

    /// <inheritdoc/>
    public override bool MayBegin(ReadOnlySpan<byte> bytes) => HttpSyntax.MayBeStatusLine(bytes);

    /// <inheritdoc/>
    protected override bool TryStart(ReadOnlySpan<byte> line, ref ShortText description)
    {
        if (!HttpSyntax.TryStatusLine(line, out _code, out ReadOnlySpan<byte> rest)) return false;
        description.Add(rest);
        return true;
    }

    /// <inheritdoc/>
    protected override bool MayStart(ReadOnlySpan<byte> beginning) => HttpSyntax.MayBeStatusLine(beginning);

    /// <inheritdoc/>
    protected override bool TryBody(out Body body)
    {
        int request = pending.PeekOr(HttpRequestStream.Ordinary);
        bool interim = _code is >= 100 and < 200 and not 101;
        bool tunnel = request == HttpRequestStream.Connect && _code is >= 200 and < 300;
        bool unasked = pending.IsEmpty && pending.Seen;
        if (!interim) pending.Answered();

        _traits = interim ? MessageTraits.Interim
            : _code == 101 || tunnel ? MessageTraits.ProtocolChange
            : unasked ? MessageTraits.Unsolicited : MessageTraits.None;
        _next = tunnel ? FramingRule.Auto : FramingRule.Turns;
        body = interim || tunnel || _code is 101 or 204 or 304 || request == HttpRequestStream.Head ? Body.None : Body.AsToldOrUntilClose;
        return true;
    }

    /// <inheritdoc/>
    protected override bool TryLost()
    {
        _traits = pending.IsEmpty && pending.Seen ? MessageTraits.Unsolicited : MessageTraits.None;
        pending.Answered();
        return true;
    }
}
