using Trama.Framing;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// What the protocol of a connection says of its exchanges: which requests had to be answered, and which replies are errors.
/// </summary>
internal sealed class ProtocolEvidence
{
    private const int MaxRuns = 1 << 12;

    private readonly List<Run> _asked = [];
    private readonly List<long> _errorPackets = [];
    private readonly Said?[] _firstErrors = new Said?[Parties];
    private readonly long[] _errors = new long[Parties];
    private long _told;
    private bool _isKnown;

    private const int Parties = (int)Party.Unknown + 1;

    /// <summary>Replies that the protocol calls good or bad.</summary>
    public long Replies { get; private set; }

    /// <summary>Those of them that it calls errors.</summary>
    public long Errors => _errorPackets.Count == 0 ? 0 : _errors.Sum();

    /// <summary>Those of them that are the server's, by the protocol's words.</summary>
    public long ServerErrors => _errors[(int)Party.Server];

    /// <summary>The packets of the first of them, in order.</summary>
    public IEnumerable<long> ErrorPackets => _errorPackets.Order();

    /// <summary>Whose most of them are.</summary>
    public Party ErrorsOf
    {
        get
        {
            Party most = Party.Server;
            foreach (Party party in (ReadOnlySpan<Party>)[Party.Client, Party.Unknown])
                if (_errors[(int)party] > _errors[(int)most]) most = party;
            return most;
        }
    }

    /// <summary>The first of a party's errors.</summary>
    public Said? FirstError(Party party) => _firstErrors[(int)party];

    /// <summary>Whether every exchange of a connection that is over was told, not only those that were chosen.</summary>
    public bool HasAll(Connection connection) => _told == connection.ExchangeCount;

    /// <summary>Adds an exchange.</summary>
    public void Add(Exchange exchange)
    {
        _told++;
        if (exchange.Request is { From: Side.Client } request) AddRequest(exchange, request);
        if (exchange.Reply is { Failed: { } failed } reply) AddReply(exchange, reply, failed);
    }

    /// <summary>Whether the protocol says that a message of the client had to be answered; null when it does not say.</summary>
    /// <param name="last">The place of its last byte in the stream, from 0.</param>
    /// <param name="isWhole">Whether the capture has all of it.</param>
    public bool? IsDue(long last, bool isWhole)
    {
        for (int i = _asked.Count - 1; i >= 0; i--)
        {
            // Streams of more than 4 GiB: segments tell the lower half of a place.
            if ((uint)(last - _asked[i].Start) < (uint)(_asked[i].End - _asked[i].Start)) return _asked[i].IsDue;
        }

        // What is no message of a protocol that is known (a window update, half a request) asks nothing.
        return _isKnown && isWhole ? false : null;
    }

    /// <summary>Begins another connection.</summary>
    public void Clear()
    {
        _asked.Clear();
        _errorPackets.Clear();
        Array.Clear(_firstErrors);
        Array.Clear(_errors);
        (Replies, _told, _isKnown) = (0, 0, false);
    }

    private void AddRequest(Exchange exchange, Message request)
    {
        bool isGoodbye = (request.Traits & MessageTraits.Goodbye) != 0, isGivenUp = exchange is { Reply: null, Failed: true };
        bool? isDue = request.IsComplete ? exchange.ReplyDue & !isGoodbye & !isGivenUp : request.MissingBytes > 0 ? null : false;
        // A missing reply may be the capture's.
        if (exchange is { Reply: null, IsWhole: false }) isDue = false;
        if (exchange.Protocol is null) isDue = null;
        _isKnown |= isDue is not null;
        long start = request.Offset, end = request.Offset + request.Bytes;
        if (_asked is [.., var previous] && previous.End == start && previous.IsDue == isDue)
        {
            _asked[^1] = previous with { End = end };
            return;
        }

        if (_asked.Count == MaxRuns) _asked.RemoveRange(0, MaxRuns / 2);
        _asked.Add(new Run(start, end, isDue));
    }

    private void AddReply(Exchange exchange, Message reply, bool failed)
    {
        Replies++;
        if (!failed || reply.Packets.Count == 0) return;
        Party party = ErrorOwner.Of(exchange.Protocol, exchange.Status.Span);
        _errors[(int)party]++;
        _firstErrors[(int)party] ??= Said.Of(exchange);
        if (_errorPackets.Count < Thresholds.ProvingPackets) _errorPackets.Add(reply.Packets[0]);
    }

    // Bytes of the client's stream in which every message is due an answer, or none is.
    private readonly record struct Run(long Start, long End, bool? IsDue);
}
