using System.Buffers.Binary;

namespace Trama.Framing.Kafka;

/// <summary>What a client says: requests, and after the first version of SaslHandshake tokens without a head.</summary>
internal sealed class KafkaRequests(KafkaSession session) : KafkaReader
{
    private const int Uuid = 36;

    private KafkaHead _request;
    private KafkaApi? _api;
    private ShortText _operation = new(320);
    private bool _hasTopic;
    private bool _isOneWay;
    private bool _mayWait;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Traits = MessageTraits.Asks;
        if (_api is null)
        {
            end.Description = end.Operation = "SASL token"u8;
            end.ReplyDue = true;
            return;
        }

        end.Key = _request.Correlation;
        // Without the bytes that name the topic, half of the words would be missing.
        if (!_hasTopic && !Walk.IsOver && _request.Version <= _api.Latest) return;
        end.Description = end.Operation = _operation.Bytes;
        if (_isOneWay) end.Traits |= MessageTraits.NoReply;
        // A broker may wait for something to tell, and answers what was asked behind that after it: such a reply is not late.
        end.ReplyDue = !_isOneWay && !_mayWait;
    }

    /// <inheritdoc/>
    public override int Find(ReadOnlySpan<byte> bytes) => KafkaHead.Find(bytes);

    /// <inheritdoc/>
    public override bool TryBegin(ReadOnlySpan<byte> head)
    {
        (_api, _hasTopic, _isOneWay, _mayWait) = (null, false, false, session.MayWait);
        _operation.Clear();
        bool isRequest = head.Length == KafkaHead.Size && KafkaHead.Read(head).IsValid;
        if (!isRequest)
        {
            Walk.Begin(null);
            return session.SpeaksTokens;
        }

        session.SpeaksTokens = false;
        _request = KafkaHead.Read(head);
        _api = KafkaApis.Find(_request.Api)!;
        _operation.Add(_api.Words.Span);
        Walk.Begin(_api.RequestLayout(_request.Version));
        return true;
    }

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> bytes)
    {
        while (!_hasTopic && Walk.TryNext(ref bytes, out KafkaMeaning meaning))
        {
            if (meaning == KafkaMeaning.Acks) _isOneWay = Walk.Number == 0;
            else if (meaning == KafkaMeaning.Wait) _mayWait |= Walk.Number > 0;
            else if (meaning == KafkaMeaning.Topic) NameTopic(Walk.Bytes);
            else NameTopic(BinaryPrimitives.ReadUInt128BigEndian(Walk.Bytes));
        }
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (_api is null)
        {
            session.AddToken();
            return;
        }

        session.SpeaksTokens = _request is { Api: KafkaApis.SaslHandshake, Version: 0 };
        if (!_isOneWay) session.Add(_request.Correlation, new KafkaRequest(_api, _request.Version, _mayWait));
    }

    private void NameTopic(UInt128 topic)
    {
        if (topic == 0) return;
        ReadOnlySpan<byte> name = session.NameOf(topic);
        Span<byte> digits = stackalloc byte[Uuid];
        if (!name.IsEmpty) NameTopic(name);
        else if (new Guid(Walk.Bytes, bigEndian: true).TryFormat(digits, out _)) NameTopic(digits);
    }

    private void NameTopic(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return;
        _hasTopic = true;
        _operation.Add(" "u8);
        _operation.Add(name);
        if (Walk.Elements < 2) return;
        _operation.Add(" +"u8);
        _operation.Add(Walk.Elements - 1);
    }
}
