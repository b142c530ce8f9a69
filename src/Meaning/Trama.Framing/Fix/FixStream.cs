namespace Trama.Framing.Fix;

/// <summary>
/// One direction of FIX: messages of fields. Either side may say anything; a Logon, a Logout and a TestRequest are answered by their like,
/// and orders by a report that bears their identifier.
/// </summary>
internal sealed class FixStream(Direction direction, FixSession session) : PacketStream
{
    private ShortText _words;
    private ShortText _more;
    private int _groupLength;
    private MessageTraits _traits;
    private long? _key;
    private bool? _isDue;
    private bool _failed;
    private bool _isUnknown;

    private bool Answers => (_traits & MessageTraits.Answers) != 0;

    /// <inheritdoc/>
    protected override FrameStatus Measure(ReadOnlySpan<byte> head, out long length) => FixFields.Measure(head, out length);

    /// <inheritdoc/>
    protected override Likeness Judge(ReadOnlySpan<byte> bytes, out long length) => FixFields.Judge(bytes, out length);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        session.Lose();
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> head, bool isWhole)
    {
        _words.Clear();
        _more.Clear();
        (_traits, _key, _isDue, _failed, _isUnknown) = (MessageTraits.Asks | MessageTraits.NoReply, null, false, false, false);
        ReadOnlySpan<byte> type = FixFields.Find(head, "35="u8), name = FixNames.Type(type);
        _words.Add(name.IsEmpty ? "MsgType "u8 : name);
        if (name.IsEmpty) _words.Add(type);
        _groupLength = _words.Bytes.Length;
        Place(type is [var one] ? one : (byte)0, head);
        ReadOnlySpan<byte> symbol = FixFields.Find(head, "55="u8);
        if (symbol.IsEmpty || Answers) return;
        _words.Add(" "u8);
        _words.Add(symbol);
    }

    /// <inheritdoc/>
    protected override void DescribePacket(ref MessageEnd end)
    {
        (end.Traits, end.Key) = (_traits, _key);
        end.Description = _more.IsEmpty ? _words.Bytes : _more.Bytes;
        if (_isUnknown) return;
        if (Answers || _failed)
        {
            end.Status = _more.IsEmpty ? _words.Bytes : _more.Bytes;
            end.Failed = _failed;
        }

        if (Answers) return;
        end.ReplyDue = _isDue;
        end.Operation = _words.Bytes;
        if (_groupLength < _words.Bytes.Length) end.Group = _words.Bytes[.._groupLength];
    }

    private void Place(byte type, ReadOnlySpan<byte> message)
    {
        switch (type)
        {
            case (byte)'A':
                AskOrAnswer("Logon"u8);
                break;
            case (byte)'5':
                AskOrAnswer("Logout"u8);
                _traits |= MessageTraits.Goodbye;
                break;
            case (byte)'1':
                Ask(FixFields.Find(message, "112="u8));
                break;
            case (byte)'0' when FixFields.Find(message, "112="u8) is { IsEmpty: false } test:
                Answer(test);
                break;
            case (byte)'D' or (byte)'F' or (byte)'G' or (byte)'H':
                Ask(FixFields.Find(message, "11="u8));
                break;
            case (byte)'8' or (byte)'9':
                Report(type, message);
                break;
            case (byte)'3' or (byte)'j' or (byte)'Y':
                (_traits, _failed) = (MessageTraits.Unsolicited, true);
                _more.Add(_words.Bytes);
                _more.Add(" "u8);
                _more.Add(FixFields.Find(message, "58="u8));
                break;
        }
    }

    private void Report(byte type, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> status = FixFields.Find(message, "39="u8);
        Answer(FixFields.Find(message, "11="u8));
        _failed = Answers && (type == '9' || status is [(byte)'8']);
        if (!Answers || status.IsEmpty) return;
        _more.Add(_words.Bytes);
        _more.Add(" "u8);
        _more.Add(status);
        _more.Add(" "u8);
        _more.Add(FixNames.OrderStatus(status));
    }

    private void Ask(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return;
        ulong hash = TextHash.Of(name);
        session.Of(direction).Open(hash);
        (_traits, _key, _isDue) = (MessageTraits.Asks, KeyOf(hash, direction), true);
    }

    // One more report on an order answers nothing.
    private void Answer(ReadOnlySpan<byte> name)
    {
        ulong hash = TextHash.Of(name);
        OpenKeys theirs = session.Of(direction.Other());
        bool isOpen = theirs.IsOpen(hash);
        _isUnknown = !isOpen && theirs.IsIncomplete;
        theirs.Close(hash);
        if (isOpen || _isUnknown) (_traits, _key) = (MessageTraits.Answers, KeyOf(hash, direction.Other()));
        else _traits = MessageTraits.Unsolicited;
    }

    private void AskOrAnswer(ReadOnlySpan<byte> name)
    {
        ulong hash = TextHash.Of(name);
        if (session.Of(direction.Other()).IsOpen(hash)) Answer(name);
        // Who logs on is the client; a logout may be said by either side.
        else if (session.Of(direction.Other()).IsIncomplete) (_traits, _isUnknown) = (MessageTraits.Unsolicited, false);
        else Ask(name);
    }

    private static long KeyOf(ulong name, Direction asked) => (long)(name & ~1UL) | (long)asked;
}
