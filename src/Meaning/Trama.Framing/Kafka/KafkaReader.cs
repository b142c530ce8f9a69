namespace Trama.Framing.Kafka;

/// <summary>Reads the messages of one direction, wherever they are cut.</summary>
internal abstract class KafkaReader
{
    /// <summary>What is of interest in the message in progress.</summary>
    protected KafkaWalk Walk;

    /// <summary>A message begins.</summary>
    /// <param name="head">Its first bytes, with its length: <see cref="KafkaHead.Size"/> of them, or all of a shorter one.</param>
    /// <returns>False when it cannot.</returns>
    public abstract bool TryBegin(ReadOnlySpan<byte> head);

    /// <summary>The next bytes of the message in progress, behind its head.</summary>
    public abstract void Read(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of the message in progress that nobody saw.</summary>
    public void Pass(int count) => Walk.Pass(count);

    /// <summary>The message is complete.</summary>
    public abstract void End();

    /// <summary>Completes what is known of the message in progress, or the last one.</summary>
    public abstract void Describe(ref MessageEnd end);

    /// <summary>Where in bytes that follow missing ones a message begins that can be told for certain; -1 when nowhere.</summary>
    public abstract int Find(ReadOnlySpan<byte> bytes);
}
