namespace Trama.Framing.Tunnels;

/// <summary>What the client of SOCKS says: what it offers, who it is, whom it wants to speak to.</summary>
internal sealed class SocksRequestStream(SocksSession session) : StreamFraming
{
    private KeptBytes _message = new(SocksMessage.MaxLength);
    private ShortText _words;
    private SocksRequestKind _kind;
    private bool _isGreeted;
    private bool _isOver;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        _words.Clear();
        ReadOnlySpan<byte> verb = _kind switch
        {
            SocksRequestKind.Greeting => "greeting"u8,
            SocksRequestKind.Password => "password"u8,
            _ => (_message.Length > 1 ? _message.Bytes[1] : 0) switch { 1 => "CONNECT"u8, 2 => "BIND"u8, _ => "UDP ASSOCIATE"u8 },
        };
        _words.Add(verb);
        if (_isOver && _kind is SocksRequestKind.Request4 or SocksRequestKind.Request5)
        {
            _words.Add(" "u8);
            SocksMessage.WriteTarget(_message.Bytes, ref _words);
        }

        end.Description = end.Operation = _words.Bytes;
        end.Group = verb;
        end.ReplyDue = true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_isOver) _message.Clear();
        _isOver = false;
        for (int at = 0; at < bytes.Length;)
        {
            _message.Add(bytes.Slice(at++, 1));
            if (_message.IsCut || !Fits(_message.Bytes)) return Unfit(FramingFault.BadFrame, at - 1);
            if (SocksMessage.RequestLength(_message.Bytes, !_isGreeted) != _message.Length) continue;
            _kind = KindOf(_message.Bytes[0]);
            (_isGreeted, _isOver) = (true, true);
            return session.TryAsk(_kind) ? FrameStep.Complete(at) : Unfit(FramingFault.TooManyPending, at - 1);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    private SocksRequestKind KindOf(byte version) => version switch
    {
        SocksMessage.Version4 => SocksRequestKind.Request4,
        SocksMessage.Password => SocksRequestKind.Password,
        _ => _isGreeted ? SocksRequestKind.Request5 : SocksRequestKind.Greeting,
    };

    private bool Fits(ReadOnlySpan<byte> message) =>
        message[0] is SocksMessage.Version4 or SocksMessage.Version5 || (message[0] == SocksMessage.Password && _isGreeted);
}
