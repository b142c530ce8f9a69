namespace Trama.Framing.Http;

/// <summary>The requests of HTTP/1.x.</summary>
internal sealed class HttpRequestStream(PendingRequests pending, bool readsBodies) : HttpStream(readsBodies)
{
    /// <summary>The reply has a body as its fields tell.</summary>
    public const int Ordinary = 0;

    /// <summary>The reply has no body, whatever its fields tell.</summary>
    public const int Head = 1;

    /// <summary>A successful reply turns the connection into a tunnel.</summary>
    public const int Connect = 2;

    private readonly HttpOperation _operation = new();
    private ShortText _traceParent = new(HttpSyntax.MaxTraceParent);
    private int _kind;

    /// <inheritdoc/>
    public override bool MayBegin(ReadOnlySpan<byte> bytes) => Http1Protocol.Request(bytes) != Likeness.No;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Description = end.Operation = _operation.Text;
        end.Group = _operation.Group(_operation.Text);
        end.TraceParent = _traceParent.Bytes;
        end.ReplyDue = true;
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _operation.Clear();
        _traceParent.Clear();
    }

    /// <inheritdoc/>
    protected override void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_traceParent.IsEmpty && Is(name, "traceparent"u8)) _traceParent.Add(value);
    }

    /// <inheritdoc/>
    protected override bool TryStart(ReadOnlySpan<byte> line)
    {
        if (!HttpSyntax.TryRequestLine(line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target)) return false;
        _kind = method.SequenceEqual("HEAD"u8) ? Head : method.SequenceEqual("CONNECT"u8) ? Connect : Ordinary;
        _operation.Set(method, target);
        return true;
    }

    /// <inheritdoc/>
    protected override bool MayStart(ReadOnlySpan<byte> beginning) => HttpSyntax.MayBeRequestLine(beginning);

    /// <inheritdoc/>
    protected override bool TryBody(out Body body)
    {
        body = Body.AsTold;
        return pending.TryAdd(_kind);
    }

    /// <inheritdoc/>
    protected override bool TryLost() => pending.TryAdd(Ordinary);
}
