using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tls;

/// <summary>
/// One direction of TLS (RFC 8446 section 5, RFC 5246 section 6). Records do not answer each other one by one, so a message is a flight:
/// all records that one side sends until the other speaks. Where keys are known, what the application says is no part of flights, and is
/// carried to the layer above. After missing bytes, the next record is one that opens with the key and a later sequence number, or whose
/// header another one follows.
/// </summary>
internal sealed class TlsStream(TlsConnection connection, Direction direction) : StreamFraming
{
    // A record is so long at least, when it says anything: by that, missing bytes tell how many records may be missing.
    private const int ShortestRecord = RecordHeader.Length + 17;
    private const int MaxSlack = 1024;

    // Of a connection whose beginning nobody saw: how many records may have gone before.
    private const int MidwaySlack = 64;

    // So much early data at most waits for the server's word on it; a server commonly takes no more than 16 KiB.
    private const int MaxWithheld = 64 * 1024;

    private readonly RecordReader _records = new();
    private readonly HandshakeMessages _messages = new();
    private readonly CarriedPlaintext _plaintext = new();
    private Protection? _protection;
    private TlsFlight _flight;
    private long? _lostFrom;
    private long _tried = -1;
    private int _slack;
    private bool _isProtected;
    private bool _hasOpened;
    private bool _isOfFlight;

    /// <inheritdoc/>
    public override bool EndsAtClose => !_records.IsInside;

    /// <inheritdoc/>
    public override bool Carries => connection.IsOpen;

    /// <inheritdoc/>
    public override long HeldFrom => _plaintext.IsWithheld ? _plaintext.Origin.Start : _lostFrom ?? _records.Position;

    /// <inheritdoc/>
    public override long CarriedMissing => _plaintext.Missing;

    /// <inheritdoc/>
    public override bool HasUntoldLoss => _lostFrom is not null && IsOfApplication;

    /// <inheritdoc/>
    public override MessageTraits Traits
    {
        get
        {
            MessageTraits goodbye = _flight.IsClose || _flight.IsFatal ? MessageTraits.Goodbye : MessageTraits.None;
            bool isClient = direction == Direction.ToServer;
            // A server that says no more answers nothing; an error may answer a flight.
            if (_flight.HasOnlyAlerts) return goodbye | (isClient || !_flight.IsClose ? MessageTraits.NoReply : MessageTraits.Unsolicited);
            // Read to its end, a flight that agrees on nothing is the last one of its side.
            bool isLast = isClient && _flight.IsFinished && !_flight.IsAnswered;
            return goodbye | (isLast ? MessageTraits.NoReply : MessageTraits.None);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _flight.Words;

    private bool IsOfApplication => connection.IsOpen && _protection is { IsOfApplication: true };

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        base.Describe(ref end);
        if (direction == Direction.ToServer) end.ReplyDue = _flight.IsAnswered ? true : (end.Traits & MessageTraits.NoReply) != 0
            ? false : null;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Carried(ReadOnlySpan<byte> taken) => _plaintext.Bytes;

    /// <inheritdoc/>
    public override Origin CarriedAt(int taken) => _plaintext.Origin;

    /// <inheritdoc/>
    public override void Release() => _plaintext.Release();

    /// <summary>Early data that waited for the server's word. Where that is missing, they count.</summary>
    public override bool TryTellKept(bool isDue)
    {
        if (!_plaintext.IsWithheld) return false;
        if (isDue) connection.Negotiation.SettleEarlyData(isAccepted: true);
        _plaintext.Settle(connection.Negotiation.EarlyData);
        return _plaintext.TryTell();
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => 0;

    /// <inheritdoc/>
    public override void EndTurn() => _flight.Clear();

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        _plaintext.Begin(connection.Negotiation.EarlyData);
        _isOfFlight = false;
        bool isRead = false;
        do
        {
            RecordStatus status = _records.Next(ref rest, out TlsRecord record);
            if (status == RecordStatus.Invalid) return Unfit(FramingFault.BadRecord, (int)(_records.Position - Position));
            if (status == RecordStatus.NeedMore || (record.IsGuess && !TryFind(record))) break;
            if (!record.IsGuess) Take(record);
            isRead = true;
        }
        while (_records.HasMore);

        int taken = bytes.Length - rest.Length;
        if (_plaintext.TryTell()) return FrameStep.Carry(taken);
        if (IsOfApplication && !_isOfFlight) return FrameStep.Between(taken);
        return isRead ? FrameStep.Piece(taken, 0) : FrameStep.NeedMore(taken);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        long start = _records.Position;
        bool isCarried = IsOfApplication;
        _plaintext.Begin(connection.Negotiation.EarlyData);
        RecordHeader cut = _records.Skip(count);
        if (cut.FragmentLength > 0) Lose(cut);
        else if (_records.IsLost) Lose(start, count);
        if (_plaintext.TryTell()) return FrameStep.Carry(count);
        return isCarried ? FrameStep.Between(count) : FrameStep.NeedMore(count);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        long start = _records.Position;
        _records.Lose();
        Lose(start, 0);
        return true;
    }

    // One record is missing, and where the next one begins is known.
    private void Lose(RecordHeader record)
    {
        _messages.Reset();
        if (!IsProtected(record.Type)) return;
        _protection?.Pass([]);
        if (record.Type == RecordType.ApplicationData && IsOfApplication) _plaintext.Miss(record.RecordLength - _protection!.Overhead);
    }

    private void Lose(long start, long count)
    {
        _messages.Reset();
        _lostFrom ??= start;
        _slack = (int)Math.Min(MaxSlack, _slack + (count / ShortestRecord) + 1);
    }

    // Whether what may be a record, after missing bytes, is one.
    private bool TryFind(in TlsRecord record)
    {
        bool isNew = _tried != record.Start;
        if (!isNew && !record.IsChained) return false;
        _tried = record.Start;
        if (TryOpen(record))
        {
            _records.Accept();
            return true;
        }

        if (!record.IsChained) return false;
        _records.Accept();
        _lostFrom = null;
        if (IsOfApplication) _plaintext.Miss(UnknownCount);
        Take(record);
        return true;
    }

    private void Take(in TlsRecord record)
    {
        if (TryOpen(record)) return;
        RecordHeader header = record.Header;
        if (header.Type == RecordType.ChangeCipherSpec)
        {
            ChangeCipher();
            _flight.Add(header);
            _isOfFlight = true;
        }
        else if (IsProtected(header.Type))
        {
            Refuse(record);
        }
        else
        {
            Read(header, header.Type, record.Fragment);
        }
    }

    // In TLS 1.3 only what calls itself application data is protected; before, all that follows a ChangeCipherSpec.
    private bool IsProtected(RecordType type) => type == RecordType.ApplicationData
        || (_isProtected && !connection.Negotiation.IsTls13 && type != RecordType.ChangeCipherSpec);

    private void ChangeCipher()
    {
        NoteKeys();
        if (connection.Negotiation.IsTls13) return;
        _isProtected = true;
        _protection?.Dispose();
        (_protection, _slack) = (null, 0);
        _messages.Reset();
    }

    private bool TryOpen(in TlsRecord record)
    {
        bool isTls13 = connection.Negotiation is { Version: 0 } or { IsTls13: true };
        // The ChangeCipherSpec may be among what is missing.
        if (!IsProtected(record.Header.Type) && !(record.IsGuess && !isTls13)) return false;
        if (!connection.Secrets.HasSource || connection.Facts.Obstacle is TlsObstacle.Suite or TlsObstacle.Compression
            or TlsObstacle.Version) return false;
        if (_protection is null || (isTls13 != _protection is TrafficProtection)) _protection = connection.Protect(direction);
        if (!_hasOpened && connection.Negotiation.ClientRandom.Length == 0) _slack = Math.Max(_slack, MidwaySlack);
        _plaintext.Settle(connection.Negotiation.EarlyData);
        Span<byte> plaintext = _plaintext.Room(record.Fragment.Length);
        if (!_protection.TryOpen(record, _slack, plaintext, out RecordType type, out Range content)) return false;
        connection.Facts.IsDecrypted = _isProtected = _hasOpened = true;
        connection.Facts.Obstacle = TlsObstacle.None;
        if (_lostFrom is { } lost) CountMissing(record.Start - lost);
        (_slack, _lostFrom) = (0, null);
        NoteKeys();
        int length = content.GetOffsetAndLength(record.Fragment.Length).Length;
        if (type == RecordType.ApplicationData) Keep(length, record);
        else Read(record.Header, type, plaintext[..length]);

        return true;
    }

    private void Keep(int length, in TlsRecord record)
    {
        bool isEarly = _protection is TrafficProtection { IsEarly: true };
        if (isEarly && connection.Negotiation.EarlyData == EarlyData.Refused) return;
        _plaintext.Keep(length, record);
        if (!isEarly || connection.Negotiation.EarlyData != EarlyData.Offered) return;
        if (_plaintext.Bytes.Length <= MaxWithheld) _plaintext.IsWithheld = true;
        else connection.Negotiation.SettleEarlyData(isAccepted: true);
    }

    // What the records between the loss and the one just opened carried, if all were of the application and none was padded.
    private void CountMissing(long bytes)
    {
        if (!IsOfApplication || _protection!.Missing == 0) return;
        long carried = bytes - ((long)_protection.Missing * _protection.Overhead);
        _plaintext.Miss(_protection.ChangedKey || carried <= 0 ? UnknownCount : carried);
    }

    private void Refuse(in TlsRecord record)
    {
        RecordHeader header = record.Header;
        TlsFacts facts = connection.Facts;
        NoteKeys();
        if (IsOfApplication && header.Type == RecordType.ApplicationData) _plaintext.Miss(
            Math.Max(header.RecordLength - _protection!.Overhead, 0));
        else _isOfFlight = true;
        _protection?.Pass(record.Fragment);
        _isProtected = true;
        if (connection.Secrets.HasSource) _slack = Math.Min(MaxSlack, _slack + 1);
        if (facts is { IsDecrypted: false, Obstacle: TlsObstacle.None } && (header.Type == RecordType.ApplicationData))
            facts.Obstacle = connection.Secrets.Own() is null ? TlsObstacle.NoKeys : TlsObstacle.WrongKeys;
        if (_isOfFlight) _flight.Add(header);
    }

    // A content that is no data of the application.
    private void Read(RecordHeader header, RecordType type, ReadOnlySpan<byte> content)
    {
        // After the handshake, tickets and new keys concern nobody.
        bool isSilent = type == RecordType.Handshake && connection.Negotiation.IsTls13 && IsOfApplication;
        _isOfFlight |= !isSilent;
        if (type == RecordType.Handshake)
        {
            while (_messages.TryNext(ref content, out ReadOnlySpan<byte> message))
            {
                connection.Take(direction, message);
                if (!isSilent) _flight.AddHandshake(message);
                (_protection as TrafficProtection)?.Take((HandshakeType)message[0]);
            }
        }
        else if (type == RecordType.Alert && content is [1 or 2, _])
        {
            var alert = new TlsAlert(direction, content[0], content[1]);
            connection.Facts.Add(alert);
            _flight.Add(alert);
        }
        else
        {
            _flight.Add(header with { Type = type });
        }
    }

    private void NoteKeys()
    {
        if ((connection.Facts.Steps & TlsSteps.ServerHello) != 0)
            connection.Facts.Steps |= direction == Direction.ToServer ? TlsSteps.ClientKeys : TlsSteps.ServerKeys;
    }
}
