using Trama.Packets;
using Trama.Packets.Decoding;

namespace Trama.Lab.Paths;

/// <summary>
/// The path between the two hosts as arithmetic: packets are handed in, and come out when their time is there. It reads no clock
/// and moves no bytes; one thread uses it.
/// </summary>
internal sealed class Wire(WireSettings settings, IReadOnlyList<IObstacle> obstacles)
{
    private readonly SegmentDecoder _decoder = new();
    private readonly Flows _flows = new();
    private readonly Random _random = new(settings.Seed);
    private readonly PriorityQueue<Action, (long Due, long Order)> _timers = new();
    private readonly Queue<Delivery> _arrived = new();
    private readonly Queue<Delivery> _originated = new();
    private readonly long[] _lastDue = new long[2];
    private long _order;

    /// <summary>Its settings.</summary>
    public WireSettings Settings { get; } = settings;

    /// <summary>What it did to packets, in order.</summary>
    public List<LinkEvent> Events { get; } = [];

    /// <summary>The segments of the server's port that set out, by direction.</summary>
    public Tally[] Sent { get; } = [new(), new()];

    /// <summary>Those that arrived, by direction.</summary>
    public Tally[] Arrived { get; } = [new(), new()];

    /// <summary>When something is due next, in nanoseconds since the epoch; null when nothing is on its way.</summary>
    public long? NextDue => _timers.TryPeek(out _, out (long Due, long) first) ? first.Due : null;

    /// <summary>The largest delay with which <see cref="TryTake"/> was called for what was due, in nanoseconds.</summary>
    public long Lateness { get; private set; }

    /// <summary>How long a packet takes one way, without obstacles and jitter, in nanoseconds.</summary>
    public long OneWay => Settings.RoundTrip / 2;

    /// <summary>A packet sets out. Whether it is one that the lab's path carries: TCP, or an ICMP error about it.</summary>
    public bool Accept(Direction direction, ReadOnlySpan<byte> packet, long now)
    {
        Decoded decoded = _decoder.Decode(new Record(new Timestamp(now), LinkType.Raw, packet, packet.Length), out TcpSegment segment);
        if (decoded == Decoded.QuotedSegment) Send(Passed(direction, packet), now + OneWay);
        if (decoded != Decoded.Segment) return decoded == Decoded.QuotedSegment;
        Crossing crossing = _flows.Observe(direction, packet, segment, now);
        if (crossing.ServerPort != Settings.ServerPort)
        {
            Carry(crossing, Fate.Pass);
            return true;
        }

        Sent[(int)direction].Add(Seen.Of(crossing));
        Fate fate = Meet(crossing);
        if (fate.Dropped is { } reason) Log(crossing, "drop", reason);
        else Carry(crossing, fate);
        return true;
    }

    /// <summary>A packet that a device on the path made arrives at a time.</summary>
    public void Send(Delivery delivery, long due) => At(due, () => _arrived.Enqueue(delivery));

    /// <summary>A host sends a packet that its TCP did not make.</summary>
    public void Originate(Direction direction, byte[] packet) => _originated.Enqueue(new Delivery(direction, packet));

    /// <summary>Takes the next packet that was originated.</summary>
    public bool TryTakeOriginated(out Delivery packet) => _originated.TryDequeue(out packet!);

    /// <summary>Does something at a time, in nanoseconds since the epoch.</summary>
    public void At(long due, Action action) => _timers.Enqueue(action, (due, _order++));

    /// <summary>Takes the next packet that has arrived by now.</summary>
    public bool TryTake(long now, out Delivery delivery)
    {
        while (_arrived.Count == 0 && _timers.TryPeek(out Action? action, out (long Due, long) first) && first.Due <= now)
        {
            _timers.Dequeue();
            Lateness = Math.Max(Lateness, now - first.Due);
            action();
        }

        return _arrived.TryDequeue(out delivery!);
    }

    /// <summary>Notes what an obstacle did.</summary>
    public void Log(in Crossing crossing, string action, string? reason = null) => Events.Add(LinkEvent.Of(crossing, action, reason));

    private Fate Meet(in Crossing crossing)
    {
        foreach (IObstacle obstacle in obstacles)
        {
            Fate fate = obstacle.Meet(crossing, this);
            if (fate != Fate.Pass) return fate;
        }

        return Fate.Pass;
    }

    private void Carry(in Crossing crossing, Fate fate)
    {
        int direction = (int)crossing.Direction;
        long due = crossing.Now + OneWay + fate.Delay + _random.NextInt64(Settings.Jitter + 1);
        if (fate.Overtaken) Log(crossing, "hold");
        else due = _lastDue[direction] = Math.Max(due, _lastDue[direction]);

        Delivery delivery = Passed(crossing.Direction, fate.Replacement ?? crossing.Packet) with { Refused = fate.Refused };
        Seen seen = Seen.Of(crossing);
        Deliver(delivery, due, seen);
        if (fate.CopyAfter == 0) return;
        Log(crossing, "duplicate");
        Deliver(delivery, due + fate.CopyAfter, seen);
    }

    private Delivery Passed(Direction direction, ReadOnlySpan<byte> packet)
    {
        byte[] bytes = packet.ToArray();
        HopCount.Lower(bytes, Settings.Hops);
        return new Delivery(direction, bytes);
    }

    private void Deliver(Delivery delivery, long due, Seen seen) => At(due, () =>
    {
        if (seen.ServerPort == Settings.ServerPort) Arrived[(int)delivery.Direction].Add(seen with { At = due });
        _arrived.Enqueue(delivery);
    });
}
