using System.Runtime.CompilerServices;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// What of a connection tells which packets belong to it, and whether it may make room for others: its endpoints, its control bits, its
/// last packet. Who reads the capture knows this much of every connection; all else is known to its shard.
/// </summary>
internal sealed class Flow
{
    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst;

    private readonly Endpoint _client;
    private readonly Endpoint _server;
    private Halves _halves;
    private bool _isUnanswered;

    public Flow(TrackedConnection tracked, in TcpSegment first)
    {
        Connection connection = tracked.Connection;
        (Tracked, Id, _client, _server) = (tracked, connection.Id, connection.Client, connection.Server);
        Shard = (int)(Id % ConnectionTracker.Shards);
        LastAt = first.Timestamp;
        _isUnanswered = connection.State == ConnectionState.Unanswered;
    }

    /// <summary>Its connection. The thread of its shard writes to it all the time: nothing of it is looked at by the way.</summary>
    public TrackedConnection Tracked { get; }

    /// <summary>The number of the connection.</summary>
    public long Id { get; }

    /// <summary>The number of its shard.</summary>
    public int Shard { get; }

    /// <summary>The last batch that has steps of it; -1 for none.</summary>
    public long Batch { get; set; } = -1;

    /// <summary>Its number among those of its shard in <see cref="Batch"/>.</summary>
    public int PlaceInBatch { get; set; }

    /// <summary>When the last packet was seen.</summary>
    public Timestamp LastAt { get; private set; }

    /// <summary>The neighbours in the list of connections in order of their last packet.</summary>
    public Flow? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public Flow? Newer { get; set; }

    /// <summary>The list it stands in.</summary>
    public RecencyList? List { get; set; }

    /// <summary>When its place in the list was last renewed.</summary>
    public Timestamp TouchedAt { get; set; }

    /// <summary>The client's end.</summary>
    public ref readonly Endpoint Client => ref _client;

    /// <summary>The server's end.</summary>
    public ref readonly Endpoint Server => ref _server;

    /// <summary>Its endpoints.</summary>
    public FlowKey Key => new(_client, _server);

    /// <summary>Whether the client has sent a SYN and nothing more.</summary>
    public bool IsHalfOpen { get; private set; }

    /// <summary>Whether no more data can come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether a segment has the addresses and ports of this connection.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="from">Who sent it.</param>
    public bool Connects(in TcpSegment segment, out Side from)
    {
        from = Side.Client;
        if (_client.Equals(segment.Source) && _server.Equals(segment.Destination)) return true;
        from = Side.Server;
        return _client.Equals(segment.Destination) && _server.Equals(segment.Source);
    }

    /// <summary>Who sent a segment of this connection.</summary>
    public Side SenderOf(in TcpSegment segment) => _client.Equals(segment.Source) ? Side.Client : Side.Server;

    /// <summary>Whether a segment begins another connection on the same addresses and ports.</summary>
    public bool IsSucceededBy(in TcpSegment segment)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn) return false;
        int from = (int)SenderOf(segment);
        ref Half own = ref _halves[from];
        if (own.HasSpoken) return !own.HasSyn || own.Origin != segment.Sequence;
        // The other side's own SYN, at simultaneous open (RFC 9293 section 3.5), or one that its answer overtook.
        ref Half other = ref _halves[1 - from];
        return other.HasAcknowledged ? other.Acknowledgement - segment.Sequence is < 0 or > 1 : !_isUnanswered;
    }

    /// <summary>Notes a segment of this connection.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="from">Who sent it.</param>
    public void Note(in TcpSegment segment, Side from)
    {
        if (segment.Timestamp > LastAt) LastAt = segment.Timestamp;
        TcpFlags flags = segment.Flags;
        ref Half own = ref _halves[(int)from];
        bool acknowledges = (flags & TcpFlags.Ack) != 0;
        if (acknowledges) own.Acknowledgement = segment.Acknowledgement;
        bool hadData = own.HasData;
        own.HasData |= segment.PayloadLength > 0;
        // Of most segments that is all.
        if ((flags & Control) == 0 && own.HasSpoken && own.HasAcknowledged == acknowledges) return;
        own.HasSpoken = true;
        own.HasAcknowledged |= acknowledges;
        if ((flags & TcpFlags.Syn) != 0)
        {
            own.HasSyn = true;
            // Once data came, no SYN moves the beginning of a stream.
            if (!hadData) own.Origin = segment.Sequence;
        }

        own.HasFin |= (flags & TcpFlags.Fin) != 0;
        IsOver |= (flags & TcpFlags.Rst) != 0 || (_halves[0].HasFin && _halves[1].HasFin);
        IsHalfOpen = _halves[(int)Side.Client] is { HasSyn: true, HasAcknowledged: false };
        if (IsOver || (acknowledges && from == Side.Server)) _isUnanswered = false;
    }

    private struct Half
    {
        public SequenceNumber Origin;
        public SequenceNumber Acknowledgement;
        public bool HasSpoken;
        public bool HasSyn;
        public bool HasFin;
        public bool HasAcknowledged;
        public bool HasData;
    }

    [InlineArray(2)]
    private struct Halves
    {
        private Half _client;
    }
}
