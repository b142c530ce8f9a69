namespace Trama.Framing.Ldap;

/// <summary>Says of a message what it asks, and how what was asked ended. Passwords and what SASL says are never looked at.</summary>
internal sealed class LdapWords(LdapSession session)
{
    private const byte SaslChoice = 0xa3;

    private ShortText _text = new(400);
    private LdapHead _head;
    private long _result;
    private bool _isUnknown;
    private bool _startsTls;

    /// <summary>Reads a message.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="content">The beginning of its operation's content.</param>
    /// <param name="isWhole">Whether none of its bytes are missing.</param>
    public void Understand(LdapHead head, ReadOnlySpan<byte> content, bool isWhole)
    {
        _text.Clear();
        (_head, _startsTls, _result) = (head, false, LdapResult.Success);
        var reader = new BerReader(content);
        if (!LdapOperation.IsRequest(head.Operation))
        {
            _result = BerReader.Number(reader.Take());
            LdapResult.Write(_result, ref _text);
            _isUnknown = reader.IsBroken;
            _startsTls = session.StartTls == head.Id && _result == LdapResult.Success;
            if (session.StartTls == head.Id) session.StartTls = null;
            return;
        }

        _text.Add(LdapOperation.Name(head.Operation));
        switch (head.Operation)
        {
            case LdapOperation.Bind: Bind(ref reader); break;
            case LdapOperation.Delete: AddWord(content); break;
            case LdapOperation.Unbind: break;
            case LdapOperation.Abandon:
                _text.Add(" "u8);
                _text.Add(BerReader.Number(content));
                break;
            case LdapOperation.Extended: Extend(reader.Take()); break;
            default: AddWord(reader.Take()); break;
        }

        // Of a long message only its beginning was kept.
        _isUnknown = !isWhole && (reader.IsBroken || head.Operation is LdapOperation.Delete or LdapOperation.Abandon);
    }

    /// <summary>Completes what is known of the message that was read last.</summary>
    public void Describe(ref MessageEnd end)
    {
        end.Key = _head.Id;
        if (LdapOperation.IsRequest(_head.Operation)) DescribeRequest(ref end);
        else DescribeReply(ref end);
    }

    private void DescribeRequest(ref MessageEnd end)
    {
        bool isOneWay = _head.Operation is LdapOperation.Unbind or LdapOperation.Abandon;
        end.ReplyDue = !isOneWay;
        if (isOneWay) end.Traits = MessageTraits.NoReply;
        if (_head.Operation == LdapOperation.Unbind) end.Traits |= MessageTraits.Goodbye;
        if (_isUnknown) return;
        end.Description = end.Operation = _text.Bytes;
        ReadOnlySpan<byte> name = LdapOperation.Name(_head.Operation);
        if (name.Length < _text.Bytes.Length && _head.Operation != LdapOperation.Extended) end.Group = name;
    }

    private void DescribeReply(ref MessageEnd end)
    {
        // A number that no request has: the server tells why it ends (RFC 4511 section 4.4.1).
        if (_head.Id == 0) end.Traits = MessageTraits.Unsolicited | MessageTraits.Goodbye;
        if (_startsTls) end.Traits |= MessageTraits.ProtocolChange;
        if (_isUnknown) return;
        end.Description = end.Status = _text.Bytes;
        end.Failed = LdapResult.IsFailure(_result);
    }

    private void AddWord(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty) return;
        _text.Add(" "u8);
        _text.Add(word);
    }

    private void Bind(ref BerReader reader)
    {
        reader.TakeNumber();
        AddWord(reader.Take());
        if (reader.Tag != SaslChoice || reader.IsBroken) return;
        var sasl = new BerReader(reader.Take());
        AddWord("SASL"u8);
        AddWord(sasl.Take());
        session.MayWrap = true;
    }

    private void Extend(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> known = name.SequenceEqual("1.3.6.1.4.1.1466.20037"u8) ? "StartTLS"u8
            : name.SequenceEqual("1.3.6.1.4.1.4203.1.11.1"u8) ? "passwordModify"u8
            : name.SequenceEqual("1.3.6.1.4.1.4203.1.11.3"u8) ? "whoAmI"u8
            : name.SequenceEqual("1.3.6.1.1.8"u8) ? "cancel"u8 : name;
        AddWord(known);
        if (known.SequenceEqual("StartTLS"u8)) session.StartTls = _head.Id;
    }
}
