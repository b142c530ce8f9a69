using System.Buffers.Binary;

namespace Trama.Framing.Amqp;

/// <summary>A message of a program that is in progress on a channel: a method, the size and properties, the body in pieces.</summary>
internal sealed class AmqpContent
{
    private const int SizeAt = 4;
    private const int SizeEnd = 12;

    private ulong _left;
    private bool _hasSize;

    /// <summary>What is known of it.</summary>
    public AmqpWords Words { get; private set; } = new();

    /// <summary>Whether there is one.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether bytes of it are missing, so that its end cannot be told.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>A method begins it.</summary>
    /// <param name="words">What is known of it; afterwards others, which are free.</param>
    public void Begin(ref AmqpWords words)
    {
        (Words, words) = (words, Words);
        (IsOpen, IsAbandoned, _hasSize) = (true, false, false);
    }

    /// <summary>Its end cannot be found any more.</summary>
    public void Abandon() => IsAbandoned = IsOpen;

    /// <summary>It is over.</summary>
    public void End() => (IsOpen, IsAbandoned) = (false, false);

    /// <summary>Its size and properties are there.</summary>
    /// <returns>Whether it is over.</returns>
    public bool TakeHeader(ReadOnlySpan<byte> payload)
    {
        _hasSize = payload.Length >= SizeEnd;
        if (_hasSize) _left = BinaryPrimitives.ReadUInt64BigEndian(payload[SizeAt..]);
        return !_hasSize || _left == 0;
    }

    /// <summary>A piece of its body is there.</summary>
    /// <returns>Whether it is over.</returns>
    public bool TakeBody(uint length)
    {
        _left -= Math.Min(_left, length);
        return _left == 0 || !_hasSize;
    }
}
