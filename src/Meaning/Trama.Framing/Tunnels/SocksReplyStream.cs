namespace Trama.Framing.Tunnels;

/// <summary>What the server of SOCKS answers. Behind its consent to a request the connection is a tunnel.</summary>
internal sealed class SocksReplyStream(SocksSession session) : StreamFraming
{
    private const int ShortLength = 2;
    private const int Length4 = 8;
    private const int Granted4 = 90;
    private const int NoMethod = 0xff;

    private static readonly byte[][] Replies =
    [
        .. new[]
        {
            "succeeded", "general failure", "not allowed", "network unreachable", "host unreachable", "connection refused", "TTL expired",
            "command not supported", "address type not supported",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    private KeptBytes _message = new(SocksMessage.MaxLength);
    private ShortText _status;
    private SocksRequestKind _kind;
    private bool _isOver;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Auto;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        _status.Clear();
        if (!_isOver) return;
        int code = _message.Bytes[1];
        bool isGranted = _kind switch
        {
            SocksRequestKind.Greeting => code != NoMethod,
            SocksRequestKind.Request4 => code == Granted4,
            _ => code == 0,
        };
        _status.Add(code);
        if (_kind == SocksRequestKind.Request5 && code < Replies.Length)
        {
            _status.Add(" "u8);
            _status.Add(Replies[code]);
        }

        end.Description = end.Status = _status.Bytes;
        end.Failed = !isGranted;
        if (isGranted && _kind is SocksRequestKind.Request4 or SocksRequestKind.Request5) end.Traits = MessageTraits.ProtocolChange;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_isOver) _message.Clear();
        _isOver = false;
        if (!session.TryPeek(out _kind)) return Unfit(FramingFault.BadReply, 0);
        for (int at = 0; at < bytes.Length;)
        {
            _message.Add(bytes.Slice(at++, 1));
            int length = _kind switch
            {
                SocksRequestKind.Request5 => SocksMessage.Length5(_message.Bytes),
                SocksRequestKind.Request4 => Length4,
                _ => ShortLength,
            };
            if (_message.IsCut) return Unfit(FramingFault.BadReply, at - 1);
            if (length != _message.Length) continue;
            session.Answered();
            _isOver = true;
            return FrameStep.Complete(at);
        }

        return FrameStep.NeedMore(bytes.Length);
    }
}
