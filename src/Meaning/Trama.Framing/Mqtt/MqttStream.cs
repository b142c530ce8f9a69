namespace Trama.Framing.Mqtt;

/// <summary>
/// One direction of MQTT: packets. Both sides publish; a packet identifier pairs each acknowledgement with what it acknowledges,
/// of QoS 2 in two steps:
/// PUBLISH and PUBREC, PUBREL and PUBCOMP (MQTT 5.0 section 4.3).
/// </summary>
internal sealed class MqttStream(Direction direction, MqttSession session) : PacketStream
{
    private const int TypeAt = 16;
    private const int SideAt = 20;

    private readonly TopicAliases _aliases = new();
    private PacketHeader _header;
    private long? _key;
    private int _reason;
    private bool _failed;
    private ShortText _words = new(TopicAliases.MaxTopic);
    private ShortText _group = new(TopicAliases.MaxTopic);
    private ShortText _more = new(TopicAliases.MaxTopic);
    private bool _isUnknown;

    private bool Asks => _header.Type switch
    {
        PacketType.Connect or PacketType.Publish or PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe
            or PacketType.PingReq or PacketType.Disconnect => true,
        PacketType.Auth => direction == Direction.ToServer,
        _ => false,
    };

    /// <inheritdoc/>
    protected override FrameStatus Measure(ReadOnlySpan<byte> head, out long length)
    {
        FrameStatus status = PacketHeader.Read(direction, head, out PacketHeader header);
        length = header.Length;
        return status;
    }

    /// <inheritdoc/>
    protected override Likeness Judge(ReadOnlySpan<byte> bytes, out long length) => MqttPackets.Judge(direction, bytes, out length);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        session.Keys.Lose(direction);
        _aliases.Clear();
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> head, bool isWhole)
    {
        _words.Clear();
        _group.Clear();
        _more.Clear();
        (_key, _reason, _failed, _isUnknown) = (null, -1, false, false);
        PacketHeader.Read(direction, head, out _header);
        var fields = new PacketFields(head[Math.Min(head.Length, _header.Size)..]);
        _words.Add(PacketNames.Of(_header.Type));
        switch (_header.Type)
        {
            case PacketType.Connect: Connect(fields); break;
            case PacketType.Publish: Publish(fields); break;
            case PacketType.Subscribe or PacketType.Unsubscribe: Subscribe(fields, isWhole && head.Length == _header.Length); break;
            case PacketType.SubAck or PacketType.UnsubAck: Acknowledge(fields); break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                Identify(fields.Number());
                if (!fields.Rest.IsEmpty) Reason(fields.Byte());
                break;
            case PacketType.ConnAck:
                // The version that was asked for is not always the one that was given.
                session.Version = _header.Remaining > 2 ? MqttSession.Version5 : session.Version is 3 ? (byte)3 : (byte)4;
                fields.Byte();
                Reason(fields.Byte());
                Identify(0);
                break;
            case PacketType.Auth:
                Reason(fields.Byte());
                Identify(0);
                break;
            case PacketType.Disconnect:
                if (!fields.Rest.IsEmpty) Reason(fields.Byte());
                break;
            default:
                Identify(0);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void DescribePacket(ref MessageEnd end)
    {
        bool isAnswered = Asks && _key is not null;
        end.Key = _key;
        end.Traits = !Asks ? MessageTraits.Answers : isAnswered ? MessageTraits.Asks : MessageTraits.Asks | MessageTraits.NoReply;
        bool refuses = _header.Type == PacketType.ConnAck && _reason > 0;
        if (refuses || _header.Type == PacketType.Disconnect) end.Traits |= MessageTraits.Goodbye;
        end.Description = _more.IsEmpty ? _words.Bytes : _more.Bytes;
        if (!Asks)
        {
            if (!_isUnknown) end.Status = _words.Bytes;
            end.Failed = _failed;
            return;
        }

        end.ReplyDue = isAnswered;
        if (_isUnknown) return;
        end.Operation = _words.Bytes;
        if (!_group.Bytes.SequenceEqual(_words.Bytes)) end.Group = _group.Bytes;
    }

    private void Connect(PacketFields fields)
    {
        fields.Text();
        session.Version = fields.Byte();
        byte flags = fields.Byte();
        fields.Number();
        bool isVersion5 = session.Version == MqttSession.Version5;
        if (isVersion5) fields.Properties();
        _group.Add(_words.Bytes);
        ReadOnlySpan<byte> client = fields.Text();
        if (!client.IsEmpty)
        {
            _words.Add(" "u8);
            _words.Add(client);
        }

        Identify(0);
        _more.Add(_words.Bytes);
        _more.Add(session.Version switch { 3 => " MQTT 3.1"u8, 4 => " MQTT 3.1.1"u8, _ => " MQTT 5"u8 });
        if ((flags & 4) == 0) return;
        if (isVersion5) fields.Properties();
        _more.Add(" will="u8);
        _more.Add(fields.Text());
    }

    private void Publish(PacketFields fields)
    {
        ReadOnlySpan<byte> topic = fields.Text();
        ushort identifier = _header.Qos > 0 ? fields.Number() : (ushort)0;
        if (identifier > 0) Identify(identifier);
        // A topic may be left out for its alias in version 5 only.
        if (topic.IsEmpty && !fields.IsBroken) session.Version = MqttSession.Version5;
        ushort alias = session.Version == MqttSession.Version5 ? fields.Properties() : (ushort)0;
        topic = _aliases.Resolve(alias, topic);
        _isUnknown = topic.IsEmpty;
        _group.Add(_words.Bytes);
        _words.Add(_isUnknown ? " topic unknown"u8 : " "u8);
        _words.Add(topic);
        _group.Add(" "u8);
        TopicShape.Write(topic, (byte)'/', ref _group);
    }

    private void Subscribe(PacketFields fields, bool isAll)
    {
        Identify(fields.Number());
        if (isAll && session.Version == 0 && SubscriptionList.TryVersion(_header.Type, fields.Rest, out bool isVersion5))
            session.Version = isVersion5 ? MqttSession.Version5 : (byte)4;
        bool hasProperties = session.Version == MqttSession.Version5;
        _group.Add(_words.Bytes);
        SubscriptionList.Write(_header.Type, fields.Rest, hasProperties, ref _words, asShape: false);
        SubscriptionList.Write(_header.Type, fields.Rest, hasProperties, ref _group, asShape: true);
    }

    // One reason for each topic.
    private void Acknowledge(PacketFields fields)
    {
        Identify(fields.Number());
        if (_header.Type == PacketType.UnsubAck && !fields.Rest.IsEmpty) session.Version = MqttSession.Version5;
        _isUnknown = session.Version == 0 && !fields.Rest.IsEmpty;
        if (_isUnknown) return;
        if (session.Version == MqttSession.Version5) fields.Properties();
        foreach (byte reason in fields.Rest) Reason(reason);
    }

    private void Reason(byte reason)
    {
        _reason = reason;
        _failed |= reason >= PacketNames.FirstFailure || (_header.Type == PacketType.ConnAck && reason > 0);
        if (_group.IsEmpty) _group.Add(_words.Bytes);
        ReadOnlySpan<byte> name = PacketNames.Reason(_header.Type, reason);
        _words.Add(" "u8);
        _words.Add(reason);
        if (name.IsEmpty) return;
        _words.Add(" "u8);
        _words.Add(name);
    }

    // What acknowledges, and what is acknowledged by it, have the same key.
    private void Identify(ushort identifier)
    {
        PacketType answer = _header.Type switch
        {
            PacketType.Connect or PacketType.Auth => PacketType.ConnAck,
            PacketType.Publish => _header.Qos == 1 ? PacketType.PubAck : PacketType.PubRec,
            PacketType.PubRel => PacketType.PubComp,
            PacketType.Subscribe => PacketType.SubAck,
            PacketType.Unsubscribe => PacketType.UnsubAck,
            PacketType.PingReq => PacketType.PingResp,
            _ => _header.Type,
        };
        Direction asked = Asks ? direction : direction.Other();
        _key = session.Keys.Of(identifier | (long)answer << TypeAt | (long)asked << SideAt);
    }
}
