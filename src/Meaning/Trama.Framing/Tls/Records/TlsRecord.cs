namespace Trama.Framing.Tls.Records;

/// <summary>A record of one direction, whole.</summary>
internal readonly ref struct TlsRecord
{
    /// <summary>Its header.</summary>
    public required RecordHeader Header { get; init; }

    /// <summary>What follows the header; valid until the next record is asked for.</summary>
    public required ReadOnlySpan<byte> Fragment { get; init; }

    /// <summary>Where in the stream its header begins.</summary>
    public required long Start { get; init; }

    /// <summary>
    /// Whether it stands where missing bytes hid where records begin: it may be none. Whoever asked for it says whether it is, by
    /// <see cref="RecordReader.Accept"/>.
    /// </summary>
    public bool IsGuess { get; init; }

    /// <summary>Of a guess: whether another valid header follows it.</summary>
    public bool IsChained { get; init; }
}
