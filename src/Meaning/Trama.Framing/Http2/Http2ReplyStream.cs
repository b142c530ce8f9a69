using Trama.Framing.Grpc;

namespace Trama.Framing.Http2;

/// <summary>What the server says in HTTP/2: replies, and requests that it makes in the client's place.</summary>
internal sealed class Http2ReplyStream(Http2Exchanges exchanges) : Http2Stream(exchanges, Direction.ToClient)
{
    private const int FirstFailure = 400;

    private ShortText _status;

    /// <inheritdoc/>
    protected override ref Http2Exchange.Half Half(Http2Exchange exchange) => ref exchange.Reply;

    /// <inheritdoc/>
    protected override bool Take(Http2Exchange exchange, HeaderFields fields, bool isOver)
    {
        if (fields.Status != 0) exchange.Status = fields.Status;
        if (!exchange.Reply.HasBegun && !isOver && IsInterim(exchange)) return true;
        if (fields.IsGrpc == false) Exchanges.SpeaksHttp = true;
        // The last fields may hold the status of a call, when they cannot be read.
        exchange.IsOutcomeUnknown |= isOver && fields is { HasUnknown: true, IsGrpc: null } && !Exchanges.SpeaksHttp;
        exchange.Reply.HasBegun = true;
        exchange.IsGrpc |= fields.IsGrpc == true;
        exchange.GrpcStatus ??= fields.GrpcStatus;
        return false;
    }

    /// <inheritdoc/>
    protected override void Describe(ref MessageEnd end, Http2Exchange exchange)
    {
        if (!exchange.Reply.HasBegun && !end.Cut && IsInterim(exchange)) end.Traits = MessageTraits.Interim;
        _status.Clear();
        if (exchange.IsGrpc && exchange.GrpcStatus is { } status)
        {
            _status.Add(status);
            if (!GrpcStatuses.Name(status).IsEmpty) _status.Add(" "u8);
            _status.Add(GrpcStatuses.Name(status));
            end.Failed = status != GrpcStatuses.Ok;
        }
        else if (exchange.IsGrpc && exchange.Status is 200 or 0)
        {
            // A call that ends without a status has failed (gRPC over HTTP2, "Responses").
            bool isMissing = exchange.Reply is { IsOver: true, HasUnknown: false };
            if (isMissing) _status.Add("grpc-status missing"u8);
            if (isMissing) end.Failed = true;
        }
        else if (exchange.Status != 0 && !exchange.IsOutcomeUnknown)
        {
            _status.Add(exchange.Status);
            end.Failed = exchange.Status >= FirstFailure;
        }

        if (exchange.Error != ErrorCode.NoError)
        {
            // What was cut short has failed, however well it began.
            if (_status.IsEmpty && !exchange.Reply.HasUnknown) _status.Add(ErrorCode.Words(exchange.Error));
            end.Failed = true;
        }

        end.Status = _status.Bytes;
        end.Description = Described(_status.IsEmpty ? "status unknown"u8 : _status.Bytes, exchange);
    }

    private static bool IsInterim(Http2Exchange exchange) => exchange.Status is >= 100 and < 200;
}
