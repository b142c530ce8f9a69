namespace Trama.Framing.Amqp;

/// <summary>What the two directions of a connection know of each other: its channels, and what waits on them.</summary>
internal sealed class AmqpSession
{
    // So many messages are remembered until they are acknowledged.
    private const int MaxWaiting = 65_536;

    private readonly Dictionary<int, AmqpChannel> _channels = [];
    private long _lastKey = AmqpSide.NoKey;
    private int _waiting;

    /// <summary>The key of the client's first word, as long as it waits.</summary>
    public long? Opening { get; set; }

    /// <summary>A key that nothing had before.</summary>
    public long NewKey() => ++_lastKey;

    /// <summary>A channel.</summary>
    /// <param name="number">Its number, 0 for the connection.</param>
    public AmqpChannel Channel(int number)
    {
        if (!_channels.TryGetValue(number, out AmqpChannel? channel)) _channels.Add(number, channel = new AmqpChannel());
        return channel;
    }

    /// <summary>A channel begins: nothing of an earlier one of its number is left.</summary>
    public void Open(int number)
    {
        Close(number);
        Channel(number).Confirms = AmqpConfirms.Off;
    }

    /// <summary>A channel is over.</summary>
    public void Close(int number)
    {
        if (_channels.Remove(number, out AmqpChannel? channel))
            _waiting -= channel[Direction.ToServer].Waiting.Count + channel[Direction.ToClient].Waiting.Count;
    }

    /// <summary>Takes what waits for an answer, whatever its channel; first what does on this one.</summary>
    public bool TryTake(Direction asker, int channel, int number, int id, out AmqpAsk ask)
    {
        if (Channel(channel)[asker].TryTake(number, id, out ask)) return true;
        if (channel != 0) return false;
        foreach (AmqpChannel other in _channels.Values)
            if (other[asker].TryTake(number, id, out ask)) return true;
        return false;
    }

    /// <summary>Remembers a message until it is acknowledged.</summary>
    public void Wait(AmqpSide side, ulong number, long key)
    {
        if (_waiting < MaxWaiting && side.Waiting.TryAdd(number, key)) _waiting++;
    }

    /// <summary>Takes a message that is acknowledged.</summary>
    public bool TryTake(AmqpSide side, ulong number, out long key)
    {
        if (!side.Waiting.Remove(number, out key)) return false;
        _waiting--;
        return true;
    }

    /// <summary>Bytes of one direction are missing, and perhaps whole frames with them.</summary>
    public void Lose(Direction direction)
    {
        Opening = null;
        foreach (AmqpChannel channel in _channels.Values)
        {
            channel[direction].LoseOwn();
            channel[direction.Other()].LoseAnswers();
            if (channel.Confirms == AmqpConfirms.Off) channel.Confirms = AmqpConfirms.Unknown;
        }
    }
}
