namespace Trama.Framing.Amqp;

/// <summary>What one method ends beside what it answers itself: several deliveries at once, or what a close refuses.</summary>
internal sealed class AmqpAnswers
{
    private readonly Queue<long> _keys = new();

    /// <summary>How it ended.</summary>
    public AmqpWords Words { get; } = new();

    /// <summary>Whether nothing is left to tell.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Something ends.</summary>
    public void Add(long key) => _keys.Enqueue(key);

    /// <summary>The next of them becomes what <see cref="Words"/> answer.</summary>
    public void Next() => Words.Key = _keys.Dequeue();
}
