using System.Buffers.Binary;

namespace Trama.Framing.Kafka;

/// <summary>What the broker says: replies, each with the number of its request.</summary>
internal sealed class KafkaReplies(KafkaSession session) : KafkaReader
{
    private const int CorrelationAt = KafkaHead.LengthSize;
    private const int HeadSize = CorrelationAt + sizeof(int);

    private int _correlation;
    private bool _isToken;
    private int _error;
    private int _api;
    private KeptBytes _name = new(KafkaWalk.MostOfTopic);
    private ShortText _status;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Traits = MessageTraits.Answers;
        if (_isToken)
        {
            end.Description = "SASL token"u8;
            return;
        }

        end.Key = _correlation;
        // One partition of many may have failed; that none did is known at the end.
        if (_error == KafkaErrors.None && !Walk.IsOver) return;
        _status.Clear();
        KafkaErrors.Write(_error, ref _status);
        end.Description = end.Status = _status.Bytes;
        end.Failed = _error != KafkaErrors.None && !KafkaErrors.IsNegotiation(_api, _error);
    }

    /// <summary>After missing bytes: where a message begins that answers a request which waits, and another one behind it or the
    /// end.</summary>
    public override int Find(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + HeadSize <= bytes.Length; at++)
        {
            if (!IsReply(bytes[at..], out int length)) continue;
            long end = at + KafkaHead.LengthSize + (long)length;
            if (end == bytes.Length || (end > bytes.Length ? at == 0 : MayFollow(bytes[(int)end..]))) return at;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool TryBegin(ReadOnlySpan<byte> head)
    {
        (_isToken, _error) = (session.AwaitsToken, KafkaErrors.None);
        Walk.Begin(null);
        if (_isToken) return true;
        if (head.Length < HeadSize) return false;
        _correlation = BinaryPrimitives.ReadInt32BigEndian(head[CorrelationAt..]);
        if (session.TryTake(_correlation, out KafkaRequest request)) Walk.Begin(request.Api.ReplyLayout(request.Version));
        _api = request.Api?.Key ?? -1;
        Read(head[HeadSize..]);
        return true;
    }

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> bytes)
    {
        while (Walk.TryNext(ref bytes, out KafkaMeaning meaning))
        {
            if (meaning == KafkaMeaning.Topic) Keep(Walk.Bytes);
            else if (meaning == KafkaMeaning.TopicId) session.Learn(BinaryPrimitives.ReadUInt128BigEndian(Walk.Bytes), _name.Bytes);
            else if (_error == KafkaErrors.None) _error = Walk.Number;
        }
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (_isToken) session.AnswerToken();
    }

    // A topic's identifier follows its name.
    private void Keep(ReadOnlySpan<byte> name)
    {
        _name.Clear();
        _name.Add(name);
    }

    private bool IsReply(ReadOnlySpan<byte> bytes, out int length)
    {
        length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return length is >= sizeof(int) and <= KafkaHead.MaxLength
            && session.Awaits(BinaryPrimitives.ReadInt32BigEndian(bytes[CorrelationAt..]));
    }

    private bool MayFollow(ReadOnlySpan<byte> bytes) => bytes.Length < HeadSize ? bytes[0] < 0x40 : IsReply(bytes, out _);
}
