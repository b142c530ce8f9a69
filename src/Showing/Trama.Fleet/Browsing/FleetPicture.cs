using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;

namespace Trama.Fleet.Browsing;

/// <summary>What a hub's store has of a time, at one moment: who talks to whom, and what is known of that. It is bounded, whatever sensors
/// send.</summary>
internal sealed class FleetPicture
{
    private const int MostPairs = 50_000, MostFindings = 20_000, MostExchanges = 20_000, MostGaps = 200;

    private static readonly FleetKind[] s_kinds = [FleetKind.Sketches, FleetKind.Pairs, FleetKind.Verdicts, FleetKind.Findings,
        FleetKind.Exchanges, FleetKind.Gaps];

    private readonly EdgeCollection _edges = new();
    private readonly KeptRows<SeenPair> _pairs = new(MostPairs);
    private readonly KeptRows<(string Pair, SeenVerdict Verdict)> _verdicts = new(MostPairs);
    private readonly KeptRows<SeenFinding> _findings = new(MostFindings);
    private readonly KeptRows<SeenExchange> _exchanges = new(MostExchanges);
    private readonly KeptRows<SeenGap> _gaps = new(MostGaps);
    private readonly Dictionary<string, SeenPair> _byName = [];
    private readonly Dictionary<SeenEnd, SeenPair> _byEnd = [];
    private readonly HashSet<Ends> _bad = [];
    private readonly HashSet<string> _sensors = new(StringComparer.Ordinal);

    /// <summary>The edges, red ones first. One without exchanges has pairs or findings alone.</summary>
    public IReadOnlyList<Edge> Edges { get; private set; } = [];

    /// <summary>The pairs of connections, bad ones first, then the latest.</summary>
    public IReadOnlyList<SeenPair> Pairs { get; private set; } = [];

    /// <summary>What sensors found, the latest first.</summary>
    public IReadOnlyList<SeenFinding> Findings { get; private set; } = [];

    /// <summary>What exchanges they sent, the latest first.</summary>
    public IReadOnlyList<SeenExchange> Exchanges { get; private set; } = [];

    /// <summary>What is missing.</summary>
    public IReadOnlyList<SeenGap> Gaps { get; private set; } = [];

    /// <summary>How many rows are not kept here: pairs, findings and exchanges; and how many exchanges count in no edge.</summary>
    public (long Rows, long Exchanges) LeftOut => (_pairs.Count - Pairs.Count + _findings.Count - Findings.Count + _exchanges.Count
        - Exchanges.Count, _edges.LeftOut);

    /// <summary>How many sensors sent something.</summary>
    public int Sensors => _sensors.Count;

    /// <summary>Whether hours before this one are in it, too: without DuckDB they are not.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>From when it is, in nanoseconds since the Unix epoch.</summary>
    public long Since { get; private init; }

    /// <summary>Reads one.</summary>
    /// <param name="root">The store.</param>
    /// <param name="since">From when, in nanoseconds since the Unix epoch.</param>
    /// <inheritdoc cref="HeldReading.Each(string, FleetKind, Action{string, ReadRow}, long)" path="/exception"/>
    public static FleetPicture Read(string root, long since)
    {
        var picture = new FleetPicture { Since = since };
        picture.IsWhole = HeldReading.Each(root, s_kinds, picture.Add, since);
        picture.Conclude();
        return picture;
    }

    /// <summary>Whether something is wrong between two: something was found, by one end or by both.</summary>
    public bool IsBad(Ends ends) => _bad.Contains(ends);

    /// <summary>Whether an edge is red.</summary>
    public bool IsRed(Edge edge) => edge.IsRed || IsBad(new Ends(edge.Client, edge.Server));

    /// <summary>A pair; null when there is none of that name.</summary>
    public SeenPair? Pair(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The pair that a connection is an end of; null when the other end is not known.</summary>
    public SeenPair? PairOf(SeenEnd end) => _byEnd.GetValueOrDefault(end);

    private void Add(FleetKind kind, string sensor, ReadRow row)
    {
        if (sensor.Length > 0 && _sensors.Count < MostPairs) _sensors.Add(sensor);
        var of = new SeenEnd(sensor, row.Number("runAt") ?? 0, row.Number("connection") ?? 0);
        long at = row.Number("at") ?? row.Number("happenedAt") ?? 0;
        switch (kind)
        {
            case FleetKind.Sketches: _edges.Add(sensor, row); break;
            case FleetKind.Pairs:
                var pair = Joining.Pair.Read(row);
                _pairs.Add(new SeenPair(pair.Name, pair, at), pair.Severity >= (long)Diagnosis.Severity.Warning, at);
                break;
            case FleetKind.Verdicts:
                var verdict = new SeenVerdict(at, Of("id"), Of("party"), Of("severity"), Of("confidence"), row.Number("clockNs"),
                    Of("text"), Of("failure"));
                _verdicts.Add((Joining.Pair.NameOf(Joining.Pair.IdOf(row)), verdict), verdict.IsBad, at);
                break;
            case FleetKind.Findings:
                var finding = new SeenFinding(of, Between(), at, Of("id"), Of("party"), Of("severity"), Of("text"));
                _findings.Add(finding, finding.Severity is "warning" or "error", at);
                break;
            case FleetKind.Exchanges:
                bool hasFailed = row.Number("failed") == 1, isAnswered = row.Number("replyFirstAt") is not null;
                _exchanges.Add(new SeenExchange(of, Between(), at, Of("operation"), Of("group"), Of("status"), hasFailed, isAnswered,
                    row.Number("totalNs"), row.Number("serverNs")), hasFailed || !isAnswered, at);
                break;
            case FleetKind.Gaps:
                _gaps.Add(new SeenGap(sensor, Of("kind"), row.Number("rows") ?? 0, row.Number("from") ?? 0, row.Number("to") ?? 0),
                    isBad: true, row.Number("to") ?? 0);
                break;
            default: break;
        }

        string Of(string column) => KeptText.Of(row, column);
        Ends Between() => new(Edge.AddressOf(Of("client")), Of("server"));
    }

    private void Conclude()
    {
        foreach (SeenPair pair in _pairs.All)
        {
            // What was told while it was open is told again when it ended.
            if (_byName.TryGetValue(pair.Name, out SeenPair? known) && !known.Pair.IsEarly) continue;
            _byName[pair.Name] = pair;
            foreach (Tickets.Ticket end in (Tickets.Ticket[])[pair.Pair.One, pair.Pair.Other])
                _byEnd[new SeenEnd(end.Sensor, end.RunAt, end.Connection)] = pair;
        }

        foreach ((string name, SeenVerdict verdict) in _verdicts.All)
            if (_byName.TryGetValue(name, out SeenPair? pair) && !(pair.Verdict?.At > verdict.At)) pair.Verdict = verdict;
        Pairs = [.. _byName.Values.OrderByDescending(pair => pair.IsBad).ThenByDescending(pair => pair.At)];
        Findings = [.. _findings.All.OrderByDescending(finding => finding.At)];
        Exchanges = [.. _exchanges.All.OrderByDescending(exchange => exchange.At)];
        Gaps = [.. _gaps.All.OrderByDescending(gap => gap.To)];
        foreach (SeenPair pair in Pairs.Where(pair => pair.IsBad)) _bad.UnionWith(pair.Ends);
        foreach (SeenFinding finding in Findings.Where(finding => finding.Severity is "warning" or "error"))
        {
            // What one end suspects, both may have cleared up.
            if (PairOf(finding.Of) is not { Verdict.Failure: "", IsBad: false }) _bad.Add(finding.Ends);
        }

        IReadOnlyList<Edge> talking = _edges.Sorted();
        HashSet<Ends> told = [.. talking.Select(edge => new Ends(edge.Client, edge.Server))];
        IEnumerable<Edge> silent = Pairs.SelectMany(pair => pair.Ends).Concat(Findings.Select(finding => finding.Ends))
            .Where(told.Add).Select(ends => new Edge(ends.Client, ends.Server, "", 0, 0, new LatencySketch()));
        Edges = [.. talking.Concat(silent.ToArray()).OrderByDescending(IsRed)];
    }
}
