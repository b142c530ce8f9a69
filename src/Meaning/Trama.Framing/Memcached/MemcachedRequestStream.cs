namespace Trama.Framing.Memcached;

/// <summary>What the client says: commands.</summary>
internal sealed class MemcachedRequestStream(MemcachedSession session) : MemcachedStream(session, MemcachedHeader.Request)
{
    /// <summary>What is remembered of a command that only marks a place.</summary>
    public const int Mark = 2;

    /// <summary>What is added for a command behind others that are answered only sometimes.</summary>
    public const int BehindQuiet = 4;

    private LineCollector _line;
    private ShortText _words = new(320);
    private ShortText _verb = new(48);
    private long _data;
    private long? _key;
    private bool _isSilent;
    private bool _isGoodbye;
    private bool _isUnknown;
    private bool _isBehindQuiet;
    private int _kind;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        if (HasBegun)
        {
            // Of a command that is cut, nothing is said that may be half of it.
            end.Traits = MessageTraits.NoReply;
            return;
        }

        end.Key = _key;
        end.ReplyDue = !_isSilent;
        if (_isSilent && _key is null) end.Traits |= MessageTraits.NoReply;
        if (_isGoodbye) end.Traits |= MessageTraits.Goodbye;
        if (_isUnknown) return;
        end.Description = end.Operation = _words.Bytes;
        if (_verb.Bytes.Length < _words.Bytes.Length) end.Group = _verb.Bytes;
    }

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> key, bool isWhole)
    {
        Name(MemcachedOpcode.Name(Header.Opcode), key);
        _isUnknown = !isWhole;
        _isSilent = MemcachedOpcode.IsQuiet(Header.Opcode);
        _isGoodbye = MemcachedOpcode.Name(Header.Opcode).StartsWith("quit"u8);
        _key = Session.Ask(Header);
    }

    /// <inheritdoc/>
    protected override FrameStep Text(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (_data == 0)
        {
            bool isControl = bytes[0] is < (byte)' ' and not ((byte)'\r' or (byte)'\n') or > (byte)'~';
            if (_line.Length == 0 && isControl) return Unfit(FramingFault.BadType, 0);
            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out _)) return FrameStep.NeedMore(at);
            Read(line);
        }

        int taken = (int)Math.Min(_data, bytes.Length - at);
        _data -= taken;
        return _data > 0 ? FrameStep.NeedMore(at + taken) : End(at + taken);
    }

    /// <inheritdoc/>
    protected override bool TryPassText(int count, out FrameStep step)
    {
        step = default;
        if (count > _data) return false;
        _data -= count;
        step = _data > 0 ? FrameStep.NeedMore(count) : End(count);
        return true;
    }

    /// <inheritdoc/>
    protected override bool BeginsText(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf((byte)'\n') > 0 && MemcachedCommand.Resembles(bytes, isHinted: true) == Likeness.Yes;

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        (_data, _isBehindQuiet) = (0, false);
        return base.TryForget();
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        MemcachedCommand command = MemcachedCommand.Read(line);
        Name(command.Verb, command.Key);
        if (command.Keys > 1)
        {
            _words.Add(" +"u8);
            _words.Add(command.Keys - 1);
        }

        (_key, _isUnknown, _isSilent) = (null, false, command.IsSilent);
        _isGoodbye = command.Verb.SequenceEqual("quit"u8);
        // A line end follows the data.
        _data = command.DataLength < 0 ? 0 : command.DataLength + 2;
        bool isMeta = command.Verb is [(byte)'m', _];
        _kind = (command.Verb.SequenceEqual("mn"u8) ? Mark : 0) | (_isBehindQuiet ? BehindQuiet : 0);
        _isBehindQuiet = isMeta && command.IsSilent;
    }

    private void Name(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> key)
    {
        _words.Clear();
        _verb.Clear();
        _words.Add(verb);
        _verb.Add(verb);
        if (key.IsEmpty || verb.IsEmpty) return;
        _words.Add(" "u8);
        _words.Add(key);
    }

    private FrameStep End(int taken)
    {
        HasBegun = false;
        return _isSilent || Session.Lines.TryAdd(_kind) ? FrameStep.Complete(taken) : Unfit(FramingFault.TooManyPending, taken - 1);
    }
}
