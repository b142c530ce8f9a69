namespace Trama.Framing.Tunnels;

/// <summary>The client's side of the PROXY protocol: one header, then something else.</summary>
internal sealed class ProxyStream : StreamFraming
{
    // Behind the addresses the second version may carry more, which is passed over.
    private const int MaxKept = 256;

    private KeptBytes _header = new(MaxKept);
    private ShortText _words;
    private int _taken;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Auto;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        _words.Clear();
        ProxyHeader.Write(_header.Bytes, ref _words);
        end.Traits = MessageTraits.NoReply | MessageTraits.ProtocolChange;
        end.Description = end.Operation = _words.Bytes;
        end.Group = "PROXY"u8;
        end.ReplyDue = false;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        bool isText = (_taken > 0 ? _header.Bytes[0] : bytes[0]) == 'P';
        int at = 0;
        while (at < bytes.Length)
        {
            _header.Add(bytes.Slice(at++, 1));
            _taken++;
            if (isText ? bytes[at - 1] == '\n' : _taken >= ProxyHeader.FixedSize && _taken == ProxyHeader.Length(_header.Bytes))
                return FrameStep.Complete(at);
            if (isText && _taken == ProxyHeader.MaxLine) return Unfit(FramingFault.BadFrame, at - 1);
        }

        return FrameStep.NeedMore(at);
    }
}
