using Trama.Framing;
using Trama.Framing.Tls.Keys;
using Trama.Packets.Network;

namespace Trama.Tracing;

/// <summary>What a <see cref="ConnectionTracker"/> keeps, and how much of it.</summary>
public sealed record TracingOptions
{
    /// <summary>How messages are told apart.</summary>
    public FramingRule Framing { get; init; } = FramingRule.Auto;

    /// <summary>The secrets that TLS connections are decrypted with; null for none.</summary>
    public TlsKeys? Keys { get; init; }

    /// <summary>
    /// The numbers of the connections whose messages and exchanges are built and told; null for all. Streams and segments need none.
    /// </summary>
    public IReadOnlySet<long>? ExchangesOf { get; init; }

    /// <summary>Which exchanges are told and kept; null for all. The others are counted only.</summary>
    public Choosing.ExchangeCondition? Where { get; init; }

    /// <summary>Tells whose connections are; null when nobody asks.</summary>
    public IConnectionOwners? Owners { get; init; }

    /// <summary>Tells what the real path of a connection was like; null where the segments are the wire's.</summary>
    public Func<Connection, RealPath?>? Paths { get; init; }

    /// <summary>Tells under which name an address was looked up; null when nobody knows.</summary>
    public Func<IpAddress, string?>? NameOf { get; init; }

    /// <summary>Whether connections keep their exchanges. Without it, each is told to the sink and reused.</summary>
    public bool KeepExchanges { get; init; }

    /// <summary>With <see cref="KeepExchanges"/>, how many each connection keeps; those that come later are told and reused.</summary>
    public int KeptExchanges { get; init; } = 1 << 17;

    /// <summary>How many exchanges all connections that have not ended keep together; beyond that none is kept.</summary>
    public int MaxKeptExchanges { get; init; } = 1 << 17;

    /// <summary>How many segments each connection keeps for drawing; 0 for none.</summary>
    public int KeptSegments { get; init; }

    /// <summary>How many segments all connections that have not ended keep together; beyond that none is kept.</summary>
    public int MaxKeptSegments { get; init; } = 1 << 20;

    /// <summary>The number of the only connection of which segments are kept; null for all.</summary>
    public long? KeptConnection { get; init; }

    /// <summary>The part of the capture from which exchanges and segments are kept; null for all of it.</summary>
    public Period? KeptOf { get; init; }

    /// <summary>Whether the sink is told of each segment, by <see cref="ITraceSink.SegmentTaken"/>.</summary>
    public bool TellSegments { get; init; }

    /// <summary>
    /// How many threads follow the connections, with the one that reads: a sink that is an <see cref="IShardedSink"/> is then called
    /// from any of them, one call at a time, until <see cref="ConnectionTracker.Complete"/> or <see cref="ConnectionTracker.Settle"/>
    /// returns. It hears the same, in the same order, with any number. 0 follows them as one, and heeds limits to the byte.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether the packets are made up from what a program said, and when: true of messages, silent about what the network did to
    /// segments. The reports say so.
    /// </summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Whether the bodies of messages are read, decoded where they are compressed, and how much is told of them.</summary>
    public BodyNeeds Bodies { get; init; }

    /// <summary>How many of a message's first bytes are kept.</summary>
    public int HeadBytes { get; init; } = 256;

    /// <summary>
    /// How many bytes the long beginnings of messages, those of more than 4 KiB, hold together; beyond that messages keep less than
    /// <see cref="HeadBytes"/>.
    /// </summary>
    public long MaxHeadBytes { get; init; } = 64 << 20;

    /// <summary>Whether messages keep what their protocol says of them; without it, only the group of requests. <see cref="Where"/> needs
    /// it, and has it.</summary>
    public bool KeepWords { get; init; } = true;

    /// <summary>Whether retransmitted bytes are compared with the first copy of them, for
    /// <see cref="StreamCounters.ContradictedBytes"/>.</summary>
    public bool CompareRepeats { get; init; } = true;

    /// <summary>How many packet numbers a message keeps; more are counted.</summary>
    public int MaxPacketNumbers { get; init; } = 4096;

    /// <summary>Whether each stream's SHA-256 is computed.</summary>
    public bool Digests { get; init; }

    /// <summary>How many connections are tracked at a time; the one that was silent longest makes room, and is told as ended.</summary>
    public int MaxConnections { get; init; } = 1 << 18;

    /// <summary>
    /// How many connections that the client has not followed up are held, of those with one SYN and at most one answer and of the
    /// others each;
    /// the oldest makes room, and is told as ended.
    /// </summary>
    public int MaxHalfOpen { get; init; } = 1 << 16;

    /// <summary>
    /// How many connections that are over are remembered, so that stray packets find theirs; the oldest makes room.
    /// </summary>
    public int MaxLingering { get; init; } = 1 << 14;

    /// <summary>How many bytes beyond a hole are kept per stream; beyond that the hole is given up.</summary>
    public int MaxOutOfOrderBytes { get; init; } = 16 << 20;

    /// <summary>How many bytes beyond holes are kept in all; beyond that the hole at hand is given up.</summary>
    public long MaxBufferedBytes { get; init; } = 256L << 20;

    /// <summary>How many requests may wait for a reply in one connection; beyond that the oldest is told without one.</summary>
    public int MaxOpenRequests { get; init; } = 4096;
}
