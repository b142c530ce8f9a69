namespace Trama.Framing;

/// <summary>The first bytes of one side of a layer, kept until they tell which protocol it speaks.</summary>
/// <param name="layer">The layer, which is told the protocol and given the bytes then.</param>
/// <param name="context">What hints at the protocol.</param>
internal sealed class FirstBytes(ConversationLayer layer, FramingContext context)
{
    // Where the beginning was missed, so many later pieces are looked at.
    private const int MaxTries = 256;

    private readonly byte[] _bytes = new byte[Protocol.MaxFirst];
    private Direction _speaker;
    private Origin _origin;
    private int _length;
    private int _tries;
    private bool _isDecided;

    /// <summary>Whether bytes before these were missed, so that a later piece may begin what can be recognised.</summary>
    public bool IsMidway { get; set; } = context.BeginsMidway;

    /// <summary>Where the bytes kept of a stream begin on the wire; <see cref="long.MaxValue"/> when there are none.</summary>
    public long HeldFrom(Direction direction) => _length > 0 && _speaker == direction ? _origin.Start : long.MaxValue;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>How many of them are kept, or were given to the layer; the others are for the layer to read.</returns>
    public int Take(Direction direction, ReadOnlySpan<byte> bytes, Origin origin)
    {
        if (_isDecided) return 0;
        if (_length > 0 && _speaker != direction)
        {
            Decide();
            return 0;
        }

        if (_length == 0 && TryTell(direction, bytes, isAll: false, out Protocol? protocol))
        {
            Tell(direction, protocol);
            return 0;
        }

        int added = Add(direction, origin, bytes);
        if (TryTell(direction, _bytes.AsSpan(0, _length), isAll: false, out _)) Decide();
        return added;
    }

    /// <summary>No more will come: what is kept has to tell, and is read.</summary>
    public void Decide()
    {
        if (_length == 0) return;
        (Direction speaker, Origin origin) = (_speaker, _origin);
        byte[] bytes = _bytes[.._length];
        TryTell(speaker, bytes, isAll: true, out Protocol? protocol);
        Tell(speaker, protocol);
        // Where later pieces are looked at too, these are not looked at again.
        _isDecided = true;
        layer.Take(speaker, bytes, origin);
        _isDecided = false;
    }

    private bool TryTell(Direction speaker, ReadOnlySpan<byte> bytes, bool isAll, out Protocol? protocol)
    {
        FramingContext known = context with { BeginsMidway = IsMidway };
        bool isEnough = isAll || bytes.Length >= _bytes.Length;
        return Recognition.TryTell(speaker, bytes[..Math.Min(bytes.Length, _bytes.Length)], known, isEnough, out protocol);
    }

    // Null when the bytes fit no protocol.
    private void Tell(Direction speaker, Protocol? protocol)
    {
        _length = 0;
        if (protocol is not null) layer.Begin(protocol, speaker, IsMidway);
        else if (!IsMidway || ++_tries == MaxTries) layer.GiveUpRecognition();
    }

    private int Add(Direction speaker, Origin origin, ReadOnlySpan<byte> bytes)
    {
        (_speaker, _origin) = (speaker, _length == 0 ? origin : _origin.To(origin));
        int added = Math.Min(bytes.Length, _bytes.Length - _length);
        bytes[..added].CopyTo(_bytes.AsSpan(_length));
        _length += added;
        return added;
    }
}
