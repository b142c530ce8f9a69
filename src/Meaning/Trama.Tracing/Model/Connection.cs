using Trama.Framing.Tls;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Tracing;

/// <summary>One TCP connection, told apart from an earlier one on the same addresses and ports. It grows while packets come.</summary>
public sealed class Connection
{
    private readonly List<Exchange>? _exchanges;
    private readonly SegmentCollection? _segments;
    private readonly int _maxExchanges;
    private readonly Func<Connection, RealPath?>? _paths;
    private readonly Func<IpAddress, string?>? _nameOf;

    internal Connection(long id, Endpoint client, Endpoint server, Timestamp openedAt, TracingOptions options)
    {
        (Id, Client, Server, OpenedAt, LastAt) = (id, client, server, openedAt, openedAt);
        (IsSynthetic, _paths, _nameOf) = (options.IsSynthetic, options.Paths, options.NameOf);
        ChoosesExchanges = options.Where is not null;
        if (options.KeepExchanges) (_exchanges, _maxExchanges) = ([], options.KeptExchanges);
        if (options.KeptSegments > 0) _segments = new SegmentCollection();
    }

    /// <summary>
    /// The number of the connection in the capture, from 1, in order of the first packet; of two joined captures, the number
    /// among the connections of both.
    /// </summary>
    public long Id { get; internal set; }

    /// <summary>The client's address and port.</summary>
    public Endpoint Client { get; }

    /// <summary>The server's address and port.</summary>
    public Endpoint Server { get; }

    /// <summary>Whether its packets are made up from what a program said; see <see cref="TracingOptions.IsSynthetic"/>.</summary>
    public bool IsSynthetic { get; }

    /// <summary>Whether only some of its exchanges are told of; see <see cref="TracingOptions.Where"/>.</summary>
    public bool ChoosesExchanges { get; }

    /// <summary>What became of it.</summary>
    public ConnectionState State { get; internal set; }

    /// <summary>When the first packet was seen.</summary>
    public Timestamp OpenedAt { get; }

    /// <summary>When the last packet was seen.</summary>
    public Timestamp LastAt { get; internal set; }

    /// <summary>When it was over: the second FIN, or the RST.</summary>
    public Timestamp? ClosedAt { get; internal set; }

    /// <summary>Who sent the first FIN, or the RST.</summary>
    public Side? ClosedBy { get; internal set; }

    /// <summary>From the SYN that was answered to the acknowledgement of the SYN-ACK, in nanoseconds.</summary>
    public long? HandshakeNs { get; internal set; }

    /// <summary>
    /// Round trip times between the two ends: the legs on either side of the vantage point, added up; a leg that was never
    /// measured counts as nothing. See docs/timing.md.
    /// </summary>
    public RoundTripTime? Rtt { get; internal set; }

    /// <summary>What the client sent.</summary>
    public StreamCounters ToServer { get; } = new();

    /// <summary>What the server sent.</summary>
    public StreamCounters ToClient { get; } = new();

    /// <summary>How many exchanges were told; known at the end.</summary>
    public long ExchangeCount { get; internal set; }

    /// <summary>
    /// The first exchanges in order, at most <see cref="TracingOptions.KeptExchanges"/>; empty unless
    /// <see cref="TracingOptions.KeepExchanges"/>
    /// asks for them.
    /// </summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges ?? (IReadOnlyList<Exchange>)[];

    /// <summary>How many exchanges came after <see cref="Exchanges"/> was full.</summary>
    public long OmittedExchanges { get; internal set; }

    /// <summary>The first segments in order, at most <see cref="TracingOptions.KeptSegments"/>.</summary>
    public IReadOnlyList<TracedSegment> Segments => _segments ?? (IReadOnlyList<TracedSegment>)[];

    /// <summary>How many segments came after <see cref="Segments"/> was full.</summary>
    public long OmittedSegments { get; internal set; }

    /// <summary>The framing in use, as the option names it, such as <c>http1</c> or <c>turns</c>; absent before the first byte.</summary>
    public string? Framing { get; internal set; }

    /// <summary>The layers of its protocols, from the wire up (<c>tls1.3</c>, <c>http2</c>); known at the end, empty when no protocol
    /// was recognised.</summary>
    public IReadOnlyList<string> Layers { get; internal set; } = [];

    /// <summary>What is known of its TLS; null when it has none.</summary>
    public TlsFacts? Tls { get; internal set; }

    /// <summary>When the parts of its TLS handshake were complete; null when it has none.</summary>
    public TlsHandshakeTimes? TlsTimes { get; internal set; }

    /// <summary>
    /// Where a framing stopped fitting the bytes, and why; from there on the connection is read as turns.
    /// </summary>
    public FramingMisfit? Misfit { get; internal set; }

    /// <summary>What its real path was like; null where its segments are the wire's, or that is not known.</summary>
    public RealPath? Path => _paths?.Invoke(this);

    /// <summary>The name under which the server's address was looked up; null when that is not known.</summary>
    public string? ServerName => _nameOf?.Invoke(Server.Address);

    /// <summary>The process that a side belongs to, as far as it is known now; null when it is not, or runs on another machine.</summary>
    public SideProcess? Process(Side side) => Owners?.Invoke(side);

    /// <summary>Tells whose a side is; null when that is not asked for.</summary>
    internal Func<Side, SideProcess?>? Owners { get; set; }

    /// <summary>What <paramref name="from"/> sent.</summary>
    public StreamCounters Stream(Side from) => from == Side.Client ? ToServer : ToClient;

    /// <summary>Whether the capture begins after the connection did.</summary>
    internal bool BeginsMidway { get; init; }

    internal bool Keep(Exchange exchange)
    {
        if (_exchanges is null || _exchanges.Count >= _maxExchanges) return false;
        _exchanges.Add(exchange);
        return true;
    }

    internal void Keep(in TracedSegment segment) => _segments?.Add(segment);

    internal void CopySegments(List<TracedSegment> to)
    {
        if (_segments is null) to.Clear();
        else _segments.CopyTo(to);
    }
}
