namespace Trama.Framing.Bodies;

/// <summary>
/// Asks for the bodies of messages to be read, and bounds what that costs all connections of a tracer together: a few bytes may
/// decompress to very many. Used by one thread.
/// </summary>
/// <param name="advance">How many bytes may come out of decoders before any allowance by what went in.</param>
public sealed class BodyReading(long advance = BodyReading.Advance)
{
    /// <summary>How much decoders that are open may weigh together; one of gzip or deflate weighs 1, one of Brotli, which may hold 16 MiB,
    /// <see cref="BrotliWeight"/>.</summary>
    public const int MaxOpen = 64;

    /// <summary>What a decoder of Brotli weighs.</summary>
    public const int BrotliWeight = 4;

    /// <summary>What a decoder of zstd weighs, which may hold 8 MiB.</summary>
    public const int ZstdWeight = 2;

    /// <summary>The usual advance, in bytes.</summary>
    public const long Advance = 64 << 20;

    /// <summary>The advance of one of many that read at once, in bytes: room for a large page, yet not 64 times the usual
    /// advance.</summary>
    public const long ShardAdvance = 4 << 20;

    /// <summary>How many more bytes may come out for each that went in.</summary>
    public const int Growth = 16;

    // What a body that turns out to be malformed counts as: it costs as much time.
    private const long Failure = 64 << 10;

    private long _left = advance;
    private int _open;

    /// <summary>Whether the sink is told what messages say beside their bodies, too: <see cref="IMessageSink.OnContent"/>.</summary>
    public bool TellsAll { get; init; }

    /// <summary>Bytes go into a decoder.</summary>
    internal void Earn(int encoded) => _left += (long)encoded * Growth;

    /// <summary>Bytes came out of a decoder; false when they are too many.</summary>
    internal bool TrySpend(int decoded) => (_left -= decoded) >= 0;

    /// <summary>A body was malformed.</summary>
    internal void Fail() => _left -= Failure;

    /// <summary>A decoder is to be opened; false when too many are.</summary>
    internal bool TryOpen(int weight)
    {
        if (_open + weight > MaxOpen || _left < 0) return false;
        _open += weight;
        return true;
    }

    /// <summary>A decoder is closed.</summary>
    internal void Close(int weight) => _open -= weight;
}
