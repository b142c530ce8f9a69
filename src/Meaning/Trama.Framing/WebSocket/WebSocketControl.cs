using System.Buffers.Binary;

namespace Trama.Framing.WebSocket;

/// <summary>What a direction's pings, pongs and close say (RFC 6455 section 5.5): one is in progress at a time.</summary>
internal sealed class WebSocketControl(Direction direction, WebSocketClosing closing)
{
    // A pong that was missed leaves its ping without one, and not with the close.
    private const long CloseKey = 1;

    private ShortText _content = new(ShortText.Capacity);
    private ShortText _words = new(ShortText.Capacity);

    /// <summary>Another one begins.</summary>
    public void Begin() => _content.Clear();

    /// <summary>Takes the next bytes of its payload.</summary>
    public void Take(ReadOnlySpan<byte> plain) => _content.Add(plain);

    /// <summary>A few words for it; valid until the next call.</summary>
    public ReadOnlySpan<byte> Words(WebSocketOpcode opcode)
    {
        _words.Clear();
        bool isClose = opcode == WebSocketOpcode.Close;
        _words.Add(isClose ? "close "u8 : opcode == WebSocketOpcode.Ping ? "ping"u8 : "pong"u8);
        if (isClose) AddClose();
        return _words.Bytes;
    }

    /// <summary>Completes what is known of it, once.</summary>
    public void Describe(ref MessageEnd end, WebSocketOpcode opcode)
    {
        if (opcode == WebSocketOpcode.Close)
        {
            DescribeClose(ref end);
            end.Description = _words.Bytes;
            return;
        }

        end.Description = Words(opcode);
        end.Traits = opcode == WebSocketOpcode.Ping ? MessageTraits.Asks : MessageTraits.Answers;
        if (opcode == WebSocketOpcode.Ping) end.Operation = end.Description;
        else end.Status = end.Description;
    }

    private void DescribeClose(ref MessageEnd end)
    {
        bool isUncertain = closing.By is null && (direction == Direction.ToServer ? closing.MayBeByServer : closing.MayBeByClient);
        closing.By ??= direction;
        bool asks = closing.By == direction;
        _words.Clear();
        if (asks) _words.Add("close "u8);
        int from = _words.Bytes.Length, to = AddClose();
        if (isUncertain)
        {
            end.Traits = MessageTraits.Unsolicited | MessageTraits.Goodbye;
            return;
        }

        end.Key = CloseKey;
        end.Traits = (asks ? MessageTraits.Asks : MessageTraits.Answers) | MessageTraits.Goodbye;
        if (asks) end.Operation = _words.Bytes[..to];
        else end.Status = _words.Bytes[from..to];
        if (!asks) end.Failed = CloseCode.IsFailure(Code);
    }

    private int Code => _content.Bytes.Length >= CloseCode.Size ? BinaryPrimitives.ReadUInt16BigEndian(_content.Bytes) : CloseCode.None;

    // Code and reason; returns where in the words the code ends.
    private int AddClose()
    {
        _words.Add(Code);
        int end = _words.Bytes.Length;
        if (_content.Bytes.Length <= CloseCode.Size) return end;
        _words.Add(" "u8);
        _words.Add(_content.Bytes[CloseCode.Size..]);
        return end;
    }
}
