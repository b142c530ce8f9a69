using Trama.Peers.Loading;
using Trama.Replay.Sending;

namespace Trama.Replay.Loading;

/// <summary>What came of the requests of one kind. Whoever holds it locks it.</summary>
/// <param name="name">What they ask for, in UTF-8; it may hold any byte that a peer sent.</param>
/// <param name="recorded">The recorded server times, in nanoseconds.</param>
public sealed class OperationTally(ReadOnlyMemory<byte> name, IEnumerable<long> recorded)
{
    private readonly long[] _recorded = [.. recorded.Order()];

    /// <summary>What they ask for, in UTF-8; empty for what has no name, and for all kinds that have no row of their own.</summary>
    public ReadOnlyMemory<byte> Name { get; } = name;

    /// <summary>How many were said.</summary>
    public long Requests { get; private set; }

    /// <summary>How many had a reply.</summary>
    public long Answered { get; private set; }

    /// <summary>How many ended otherwise than the recorded one.</summary>
    public long OtherOutcomes { get; private set; }

    /// <summary>The server's times now: from a request's last byte to its reply's first.</summary>
    public LatencyHistogram Now { get; } = new();

    /// <summary>How many recorded times are known.</summary>
    public int RecordedCount => _recorded.Length;

    /// <summary>The recorded time that a share of all do not exceed, in nanoseconds; null when there is none.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public long? Recorded(double share) => _recorded.Length == 0 ? null
        : _recorded[Math.Clamp((int)Math.Ceiling(share * _recorded.Length) - 1, 0, _recorded.Length - 1)];

    /// <summary>Adds what came of one.</summary>
    internal void Add(PlayedExchange exchange)
    {
        Requests++;
        if (exchange.HasReply) Answered++;
        if (!exchange.IsSameOutcome) OtherOutcomes++;
        if (exchange.ServerNs is { } server) Now.Add(server);
    }
}
