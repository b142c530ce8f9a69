namespace Trama.Framing;

/// <summary>What a layer of a conversation remembers of one direction.</summary>
/// <param name="isWire">Whether the layer is the one at the wire: only there each byte comes from a place of its own.</param>
internal sealed class ConversationHalf(bool isWire)
{
    /// <summary>How many numbered messages may be in progress; of more, the one with the lowest number is over.</summary>
    public const int MaxOpen = 65_536;

    private SortedSet<long>? _open;

    /// <summary>How far the stream was read, in bytes.</summary>
    public long Position { get; set; }

    /// <summary>Where in the stream the framing in force began.</summary>
    public long Base { get; private set; }

    /// <summary>Whether a message without a number is in progress.</summary>
    public bool InMessage { get; set; }

    /// <summary>Whether that message began in a loss: then what the framing knows is not of it.</summary>
    public bool IsBlind { get; private set; }

    /// <summary>Whether bytes of the stream are missing, before it or in it: then what does not fit is no proof of another
    /// protocol.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>Whether the layer above was told of a loss before it was known how much is missing.</summary>
    public bool IsLossTold { get; set; }

    /// <summary>Where the pieces of the stream came from, where that is not plain.</summary>
    public OriginTrail? Trail { get; set; }

    /// <summary>The numbered messages in progress.</summary>
    public IReadOnlyCollection<long> Open => _open ?? (IReadOnlyCollection<long>)[];

    /// <summary>The one of them that has to end, since they are too many; null when none has.</summary>
    public long? Surplus => _open?.Count > MaxOpen ? _open.Min : null;

    /// <summary>Another framing is in force from here on.</summary>
    public void BeginFraming() => (Base, Trail) = (Position, null);

    /// <summary>Where a part of bytes came from, of which the origin is known.</summary>
    public Origin Part(Origin origin, long from, long length) =>
        isWire ? new Origin(origin.Start + from, origin.Start + from + length) : origin;

    /// <summary>Where bytes came from that the framing in force counts by their positions.</summary>
    public Origin WireOrigin(Origin positions) =>
        isWire ? new Origin(Base + positions.Start, Base + positions.End) : Trail?.Of(positions) ?? default;

    /// <summary>Whether a message is in progress.</summary>
    public bool IsOpen(long number) => number == 0 ? InMessage : _open?.Contains(number) == true;

    /// <summary>Notes that a message goes on.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isLost">Whether it does so with bytes of a loss.</param>
    public void GoOn(long number, bool isLost)
    {
        if (number != 0)
        {
            (_open ??= []).Add(number);
            return;
        }

        if (!InMessage) IsBlind = isLost;
        InMessage = true;
    }

    /// <summary>Notes that a message is over.</summary>
    public void Finish(long number)
    {
        if (number == 0) InMessage = false;
        else _open?.Remove(number);
    }
}
