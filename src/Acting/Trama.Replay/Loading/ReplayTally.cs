using System.Text;
using Trama.Peers.Loading;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Tracing;

namespace Trama.Replay.Loading;

/// <summary>What came of a load of recorded clients. Safe for threads while it runs; to be read when it is over.</summary>
public sealed class ReplayTally
{
    // Each has a histogram; the kinds that were asked most have a row.
    private const int MostRows = 40;

    private readonly Lock _adding = new();
    private readonly Dictionary<string, OperationTally> _byName = new(StringComparer.Ordinal);
    private readonly OperationTally? _others;
    private readonly long[] _ends = new long[Enum.GetValues<PlayedEnd>().Length];

    /// <summary>Begins, with what was recorded.</summary>
    internal ReplayTally(IReadOnlyList<RecordedConnection> connections)
    {
        IGrouping<string, RecordedExchange>[] kinds =
        [
            .. connections.SelectMany(connection => connection.Exchanges)
                .Where(exchange => exchange.Request is { From: Side.Client } && (exchange.Reply is not null || exchange.ReplyDue == true))
                .GroupBy(Name).OrderByDescending(kind => kind.Count()),
        ];
        foreach (IGrouping<string, RecordedExchange> kind in kinds.Take(MostRows))
            _byName.Add(kind.Key, new OperationTally(Encoding.Latin1.GetBytes(kind.Key), Times(kind)));
        if (kinds.Length > MostRows) _others = new OperationTally(default, Times(kinds.Skip(MostRows).SelectMany(kind => kind)));
    }

    /// <summary>By what they ask for, what was recorded most first; the last one is of all others, where there are many.</summary>
    public IEnumerable<OperationTally> Operations => _others is null ? _byName.Values : _byName.Values.Append(_others);

    /// <summary>How long after it was due each message was said, and each connection begun.</summary>
    public LatencyHistogram Late { get; } = new();

    /// <summary>How many connections were begun.</summary>
    public long Connections { get; private set; }

    /// <summary>The most that were open at a time.</summary>
    public long MostAtATime { get; private set; }

    /// <summary>How many were left out, since as many as allowed were open.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How many requests that want a reply were said.</summary>
    public long Requests => Operations.Sum(operation => operation.Requests);

    /// <summary>How many of them had one.</summary>
    public long Answered => Operations.Sum(operation => operation.Answered);

    /// <summary>How many ended otherwise than they did.</summary>
    public long OtherOutcomes => Operations.Sum(operation => operation.OtherOutcomes);

    /// <summary>How many connections came to an end in this way.</summary>
    public long this[PlayedEnd end] => _ends[(int)end];

    internal void Begin(TimeSpan late, long open)
    {
        lock (_adding)
        {
            Connections++;
            MostAtATime = Math.Max(MostAtATime, open);
            Late.Add((long)late.TotalNanoseconds);
        }
    }

    internal void LeaveOut()
    {
        lock (_adding) LeftOut++;
    }

    internal void Said(TimeSpan late)
    {
        lock (_adding) Late.Add((long)late.TotalNanoseconds);
    }

    internal void Add(PlayedExchange exchange)
    {
        string name = Name(exchange.Recorded);
        lock (_adding) (_byName.GetValueOrDefault(name) ?? _others)?.Add(exchange);
    }

    internal void End(PlayedEnd end)
    {
        lock (_adding) _ends[(int)end]++;
    }

    private static IEnumerable<long> Times(IEnumerable<RecordedExchange> exchanges) =>
        exchanges.Select(exchange => exchange.ServerNs).OfType<long>();

    private static string Name(RecordedExchange exchange)
    {
        RecordedMessage? request = exchange.Request;
        return request is null ? "" : Encoding.Latin1.GetString((request.Group.IsEmpty ? request.Operation : request.Group).Span);
    }
}
