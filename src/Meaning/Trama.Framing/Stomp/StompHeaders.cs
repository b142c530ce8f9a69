namespace Trama.Framing.Stomp;

/// <summary>What is of interest in the headers of a frame. Of a header that comes twice the first counts.</summary>
internal sealed class StompHeaders
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private ShortText _verb = new(32);
    private ShortText _destination = new(512);
    private ShortText _message;
    private ShortText _version = new(32);
    private ShortText _acknowledge = new(48);

    /// <summary>The verb.</summary>
    public ReadOnlySpan<byte> Verb => _verb.Bytes;

    /// <summary>Where it goes to, or comes from.</summary>
    public ReadOnlySpan<byte> Destination => _destination.Bytes;

    /// <summary>Of an error its short text.</summary>
    public ReadOnlySpan<byte> Message => _message.Bytes;

    /// <summary>The version agreed upon.</summary>
    public ReadOnlySpan<byte> Version => _version.Bytes;

    /// <summary>Of a frame with this header its value, or how a subscription acknowledges.</summary>
    public ReadOnlySpan<byte> Acknowledge => _acknowledge.Bytes;

    /// <summary>How many bytes the body has; absent where NUL ends it.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>The receipt that is asked for, or given.</summary>
    public ulong? Receipt { get; private set; }

    /// <summary>The identifier of a message, as the one who acknowledges it names it.</summary>
    public ulong? MessageId { get; private set; }

    /// <summary>The identifier of a subscription, or of what is acknowledged.</summary>
    public ulong? Id { get; private set; }

    /// <summary>The subscription that a message belongs to.</summary>
    public ulong? Subscription { get; private set; }

    /// <summary>Begins a frame.</summary>
    public void Begin(ReadOnlySpan<byte> verb)
    {
        _verb.Clear();
        _verb.Add(verb);
        _destination.Clear();
        _message.Clear();
        _version.Clear();
        _acknowledge.Clear();
        (ContentLength, Receipt, MessageId, Id, Subscription) = (null, null, null, null, null);
    }

    /// <summary>Takes a header.</summary>
    /// <returns>False when it is none.</returns>
    public bool TryTake(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0) return false;
        ReadOnlySpan<byte> name = line[..colon], value = line[(colon + 1)..].Trim((byte)' ');
        if (name.SequenceEqual("destination"u8)) First(ref _destination, value);
        else if (name.SequenceEqual("message"u8)) First(ref _message, value);
        else if (name.SequenceEqual("version"u8)) First(ref _version, value);
        else if (name.SequenceEqual("ack"u8)) First(ref _acknowledge, value);
        else if (name.SequenceEqual("receipt"u8) || name.SequenceEqual("receipt-id"u8)) Receipt ??= Hash(value);
        else if (name.SequenceEqual("message-id"u8)) MessageId ??= Hash(value);
        else if (name.SequenceEqual("id"u8)) Id ??= Hash(value);
        else if (name.SequenceEqual("subscription"u8)) Subscription ??= Hash(value);
        else if (name.SequenceEqual("content-length"u8) && ContentLength is null) return TryLength(value);
        return true;
    }

    /// <summary>A number for a text: what two texts of one connection have in common only by chance.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = Basis;
        foreach (byte one in text) hash = (hash ^ one) * Prime;
        return hash;
    }

    private static void First(ref ShortText text, ReadOnlySpan<byte> value)
    {
        if (text.IsEmpty) text.Add(value);
    }

    private bool TryLength(ReadOnlySpan<byte> value)
    {
        if (!long.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out long length)) return false;
        ContentLength = length;
        return true;
    }
}
