namespace Trama.Framing.Tls;

/// <summary>
/// One direction of TLS (RFC 8446 section 5, RFC 5246 section 6). Records do not answer each other one by one, so a message
/// is a flight: all records that one side sends until the other speaks. The handshake is summarised; of application data
/// there is only the size.
/// </summary>
internal sealed class TlsStream : StreamFraming
{
    private const int HeaderLength = 5;
    private const int MaxRecord = (1 << 14) + 2048;
    private const byte ChangeCipherSpec = 20;
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ApplicationData = 23;
    private const byte Heartbeat = 24;

    private TlsHandshake? _handshake;
    private ShortText _text;
    private ShortText _whole;
    private int _header;
    private byte _type;
    private int _left;
    private bool _encrypted;
    private long _applicationBytes;
    private bool _onlyAlerts = true;

    /// <inheritdoc/>
    public override bool EndsAtClose => _header == 0;

    /// <inheritdoc/>
    public override MessageTraits Traits => _onlyAlerts ? MessageTraits.NoReply : MessageTraits.None;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description
    {
        get
        {
            _whole.Clear();
            _whole.Add("TLS "u8);
            _whole.Add(_text.Bytes);
            if (_applicationBytes > 0)
            {
                _whole.Add(_text.IsEmpty ? "application data "u8 : ", application data "u8);
                _whole.Add(_applicationBytes);
                _whole.Add(" B"u8);
            }

            return _whole.Bytes;
        }
    }

    /// <inheritdoc/>
    public override void EndTurn()
    {
        _text.Clear();
        _applicationBytes = 0;
        _onlyAlerts = true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (_header < HeaderLength)
            {
                if (!TryHeader(bytes[at])) return Unfit(FramingFault.BadRecord, at - _header);
                at++;
                continue;
            }

            int taken = Math.Min(_left, bytes.Length - at);
            if (_type == Handshake && !_encrypted) (_handshake ??= new TlsHandshake()).Take(bytes.Slice(at, taken), ref _text);
            at += taken;
            Advance(taken);
        }

        return FrameStep.NeedMore(bytes.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        bool blind = _header == HeaderLength && count <= _left && (_type != Handshake || _encrypted);
        if (!blind) return base.Pass(count);
        Advance(count);
        return FrameStep.NeedMore(count);
    }

    private bool TryHeader(byte value)
    {
        bool fits = _header switch
        {
            0 => value is >= ChangeCipherSpec and <= Heartbeat,
            1 => value == 3,
            2 => value <= 4,
            3 => value <= MaxRecord >> 8,
            _ => (_left << 8 | value) is > 0 and <= MaxRecord,
        };
        if (!fits) return false;
        if (_header == 0) (_type, _left) = (value, 0);
        else if (_header >= 3) _left = _left << 8 | value;
        if (++_header == HeaderLength) BeginRecord();
        return true;
    }

    private void BeginRecord()
    {
        if (_type != Alert) _onlyAlerts = false;
        switch (_type)
        {
            case ApplicationData:
                _applicationBytes += _left;
                break;
            case ChangeCipherSpec:
                AddName("ChangeCipherSpec"u8);
                break;
            case Alert:
                AddName("alert"u8);
                break;
            case Heartbeat:
                AddName("heartbeat"u8);
                break;
            case Handshake when _encrypted:
                AddName("encrypted handshake"u8);
                break;
        }
    }

    private void AddName(ReadOnlySpan<byte> name)
    {
        if (!_text.IsEmpty) _text.Add(", "u8);
        _text.Add(name);
    }

    private void Advance(int taken)
    {
        _left -= taken;
        if (_left > 0) return;
        _header = 0;
        if (_type is ChangeCipherSpec or ApplicationData) _encrypted = true;
    }
}
