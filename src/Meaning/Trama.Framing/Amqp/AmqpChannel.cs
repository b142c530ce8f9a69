namespace Trama.Framing.Amqp;

/// <summary>One channel, as both sides know it.</summary>
internal sealed class AmqpChannel
{
    private const int MaxConsumers = 1024;

    private readonly Dictionary<ulong, bool> _consumers = [];
    private readonly AmqpSide _toServer = new();
    private readonly AmqpSide _toClient = new();

    /// <summary>Whether what is published is confirmed.</summary>
    public AmqpConfirms Confirms { get; set; }

    /// <summary>What one side asked.</summary>
    public AmqpSide this[Direction direction] => direction == Direction.ToServer ? _toServer : _toClient;

    /// <summary>A consumer gets messages.</summary>
    /// <param name="consumer">Its tag.</param>
    /// <param name="needsNoAck">Whether it acknowledges none.</param>
    public void Consume(ReadOnlySpan<byte> consumer, bool needsNoAck)
    {
        if (_consumers.Count == MaxConsumers) _consumers.Clear();
        _consumers[Hash(consumer)] = needsNoAck;
    }

    /// <summary>Whether a consumer acknowledges nothing; null when it is not known.</summary>
    public bool? NeedsNoAck(ReadOnlySpan<byte> consumer) => _consumers.TryGetValue(Hash(consumer), out bool needsNone) ? needsNone : null;

    // FNV-1a: tags are long where servers make them.
    private static ulong Hash(ReadOnlySpan<byte> tag)
    {
        ulong hash = 14695981039346656037;
        foreach (byte one in tag) hash = (hash ^ one) * 1099511628211;
        return hash;
    }
}
