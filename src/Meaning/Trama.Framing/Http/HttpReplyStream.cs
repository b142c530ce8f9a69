using Trama.Framing.Http2;
using Trama.Framing.WebSocket;

namespace Trama.Framing.Http;

/// <summary>The replies of HTTP/1.x, whose bodies depend on the requests (RFC 9112 section 6.3).</summary>
internal sealed class HttpReplyStream(PendingRequests pending, bool readsBodies) : HttpStream(readsBodies)
{
    private const int SwitchingProtocols = 101;
    private const int FirstFailure = 400;
    private const int CodeLength = 3;

    private int _code;
    private ShortText _words;
    private MessageTraits _traits;
    private Upgrade _upgrade;
    private WebSocketDeflate? _deflate;
    private string? _carried;
    private FramingRule _next = FramingRule.Turns;

    private enum Upgrade : byte
    {
        Other,
        Http2,
        WebSocket,
    }

    /// <inheritdoc/>
    public override FramingRule Next => _next;

    /// <inheritdoc/>
    public override bool MayBegin(ReadOnlySpan<byte> bytes) => HttpSyntax.MayBeStatusLine(bytes);

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Traits = _traits;
        end.Description = _words.Bytes;
        if (_words.IsEmpty) return;
        end.Status = _words.Bytes[..CodeLength];
        end.Failed = _code >= FirstFailure;
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _words.Clear();
        (_upgrade, _deflate, _carried) = (Upgrade.Other, null, null);
    }

    /// <inheritdoc/>
    protected override bool TryStart(ReadOnlySpan<byte> line)
    {
        if (!HttpSyntax.TryStatusLine(line, out _code, out ReadOnlySpan<byte> rest)) return false;
        _words.Add(rest);
        return true;
    }

    /// <inheritdoc/>
    protected override void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_code != SwitchingProtocols) return;
        if (Is(name, "upgrade"u8)) _upgrade = Is(value, "websocket"u8) ? Upgrade.WebSocket : Is(value, "h2c"u8)
            ? Upgrade.Http2 : Upgrade.Other;
        else if (Is(name, "sec-websocket-extensions"u8)) _deflate = WebSocketDeflate.Agreed(value);
        else if (Is(name, "sec-websocket-protocol"u8)) _carried = WebSocketProtocol.Carried(value);
    }

    /// <inheritdoc/>
    protected override bool MayStart(ReadOnlySpan<byte> beginning) => HttpSyntax.MayBeStatusLine(beginning);

    /// <inheritdoc/>
    protected override bool TryBody(out Body body)
    {
        int request = pending.PeekOr(HttpRequestStream.Ordinary);
        bool interim = _code is >= 100 and < 200 and not SwitchingProtocols;
        bool tunnel = request == HttpRequestStream.Connect && _code is >= 200 and < 300;
        bool unasked = pending.IsEmpty && pending.Seen;
        if (!interim) pending.Answered();

        bool isHttp2 = _code == SwitchingProtocols && _upgrade == Upgrade.Http2;
        // The request that asked for HTTP/2 is answered there (RFC 7540 section 3.2).
        _traits = isHttp2 ? MessageTraits.Interim | MessageTraits.ProtocolChange
            : interim ? MessageTraits.Interim
            : _code == SwitchingProtocols || tunnel ? MessageTraits.ProtocolChange
            : unasked ? MessageTraits.Unsolicited : MessageTraits.None;
        _next = tunnel ? FramingRule.Auto
            : isHttp2 ? FramingRule.Of(new Http2Protocol(isUpgraded: true))
            : _upgrade == Upgrade.WebSocket ? FramingRule.Of(new WebSocketProtocol(_deflate, _deflate is null ? _carried : null))
            : FramingRule.Turns;
        body = interim || tunnel || _code is SwitchingProtocols or 204 or 304 || request == HttpRequestStream.Head
            ? Body.None : Body.AsToldOrUntilClose;
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
