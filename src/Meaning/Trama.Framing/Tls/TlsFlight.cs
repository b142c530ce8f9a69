using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tls;

/// <summary>What one side says until the other speaks, in a few words.</summary>
internal struct TlsFlight
{
    private ShortText _text;
    private ShortText _whole;
    private long _applicationBytes;

    /// <summary>Whether it holds nothing but alerts.</summary>
    public bool HasOnlyAlerts { get; private set; }

    /// <summary>Whether its side says no more (close_notify).</summary>
    public bool IsClose { get; private set; }

    /// <summary>Whether it ends the connection for an error.</summary>
    public bool IsFatal { get; private set; }

    /// <summary>Whether its handshake messages were read up to a Finished.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether the other side must answer it: with it, keys are agreed on.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>The words.</summary>
    public ReadOnlySpan<byte> Words
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

    /// <summary>Begins another one.</summary>
    public void Clear()
    {
        _text.Clear();
        _applicationBytes = 0;
        (HasOnlyAlerts, IsClose, IsFatal, IsFinished, IsAnswered) = (false, false, false, false, false);
    }

    /// <summary>Adds a handshake message.</summary>
    /// <param name="message">The message with its header.</param>
    public void AddHandshake(ReadOnlySpan<byte> message)
    {
        var type = (HandshakeType)message[0];
        HasOnlyAlerts = false;
        IsFinished |= type == HandshakeType.Finished;
        IsAnswered |= type is HandshakeType.ClientHello or HandshakeType.ClientKeyExchange;
        Separate();
        if (type is HandshakeType.ClientHello or HandshakeType.ServerHello) HelloWords.Add(
            message[4..], type == HandshakeType.ClientHello, ref _text);
        else _text.Add(HelloWords.NameOf(type));
    }

    /// <summary>Adds an alert.</summary>
    public void Add(TlsAlert alert)
    {
        BeginAlert();
        IsClose |= alert.IsClose;
        IsFatal |= alert.IsFatal;
        _text.Add(alert.IsFatal ? "alert fatal "u8 : "alert "u8);
        foreach (char letter in alert.Name) _text.Add([(byte)letter]);
    }

    /// <summary>Adds a record of which only type and length are known.</summary>
    public void Add(RecordHeader record)
    {
        if (record.Type == RecordType.Alert)
        {
            BeginAlert();
            _text.Add("alert"u8);
            return;
        }

        HasOnlyAlerts = false;
        if (record.Type == RecordType.ApplicationData)
        {
            _applicationBytes += record.FragmentLength;
            return;
        }

        Separate();
        _text.Add(record.Type switch
        {
            RecordType.ChangeCipherSpec => "ChangeCipherSpec"u8,
            RecordType.Heartbeat => "heartbeat"u8,
            _ => "encrypted handshake"u8,
        });
    }

    private void BeginAlert()
    {
        HasOnlyAlerts = HasOnlyAlerts || (_text.IsEmpty && _applicationBytes == 0);
        Separate();
    }

    private void Separate()
    {
        if (!_text.IsEmpty) _text.Add(", "u8);
    }
}
