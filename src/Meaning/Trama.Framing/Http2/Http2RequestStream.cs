using Trama.Framing.Grpc;

namespace Trama.Framing.Http2;

/// <summary>What the client says in HTTP/2: the preface (RFC 9113 section 3.4), then requests.</summary>
internal sealed class Http2RequestStream(Http2Exchanges exchanges) : Http2Stream(exchanges, Direction.ToServer)
{
    private int _prefaceLength;
    private bool _isPastPreface;

    /// <summary>What the first bytes are.</summary>
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <inheritdoc/>
    protected override ref Http2Exchange.Half Half(Http2Exchange exchange) => ref exchange.Request;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_isPastPreface) return base.Scan(bytes);
        if (_prefaceLength == 0 && bytes[0] != Preface[0])
        {
            // Where the beginning was missed, frames follow at once.
            _isPastPreface = true;
            return base.Scan(bytes);
        }

        int taken = Math.Min(Preface.Length - _prefaceLength, bytes.Length);
        if (!Preface[_prefaceLength..].StartsWith(bytes[..taken])) return Unfit(FramingFault.BadFrame, -_prefaceLength);
        _prefaceLength += taken;
        _isPastPreface = _prefaceLength == Preface.Length;
        return FrameStep.Between(taken);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _isPastPreface = true;
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override bool Take(Http2Exchange exchange, HeaderFields fields, bool isOver)
    {
        if (exchange.Request.HasBegun) return false;
        exchange.Request.HasBegun = true;
        exchange.IsGrpc |= fields.IsGrpc ?? (fields.HasUnknown && GrpcStatuses.IsMethod(fields.Target));
        if (!fields.Method.IsEmpty && !fields.Target.IsEmpty) exchange.Operation = Operation.Of(fields.Method, fields.Target);
        if (!fields.TraceParent.IsEmpty) exchange.TraceParent = fields.TraceParent.ToArray();
        return false;
    }

    /// <inheritdoc/>
    protected override void Describe(ref MessageEnd end, Http2Exchange exchange)
    {
        DescribeRequest(ref end, exchange);
        end.TraceParent = exchange.TraceParent;
    }
}
