using System.Collections.Frozen;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Packets;
using Trama.Reports.Browsing;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Browser;

/// <summary>Two captures of the same connections, taken at two places: each is traced and judged alone, and then both
/// together.</summary>
/// <param name="options">What is kept of each.</param>
internal sealed class LocalPair(TracingOptions options)
{
    // Where two captures have anything in common, they have it early; the browser reads a tenth as fast as the command does.
    private const int PacketsLookedAt = 20_000;
    private const int SegmentsLookedAt = 64;

    private readonly VantagePoint[] _vantages = [new(), new()];
    private readonly CaptureDiagnosis?[] _alone = new CaptureDiagnosis?[2];
    private readonly List<(ConnectionTracker Tracker, Diagnoser Diagnoser)> _begun = [];

    /// <summary>Looks at the first packets of both: whether they are two places, or one and the same capture.</summary>
    public static (bool AreTwoPlaces, bool IsOne) Look(LocalFile first, LocalFile second)
    {
        var joined = JoinedCapture.Of(Glance(first), Glance(second));
        return (joined.AreTwoPlaces, joined.IsOnePlace);
    }

    /// <summary>Begins with the next of the two.</summary>
    /// <param name="owners">Tells whose its connections are.</param>
    /// <returns>What its packets are given to.</returns>
    public ConnectionTracker Begin(IConnectionOwners owners)
    {
        Complete();
        var diagnoser = new Diagnoser();
        var vantage = new VantagePoint(diagnoser);
        _vantages[_begun.Count] = vantage;
        var tracker = new ConnectionTracker(options with { Owners = owners }, vantage);
        vantage.Totals = tracker.Totals;
        _begun.Add((tracker, diagnoser));
        return tracker;
    }

    /// <summary>Joins and judges them, as far as they were read.</summary>
    public (JoinedCapture Captures, CaptureDiagnosis Diagnosis) Join()
    {
        Complete();
        var captures = JoinedCapture.Of(_vantages[0], _vantages[1]);
        CaptureDiagnosis none = new Diagnoser().Conclude(new CaptureTotals());
        return (captures, JoinedDiagnoser.Judge(captures, _alone[0] ?? none, _alone[1] ?? none));
    }

    /// <summary>Joins them, and has all of it shown.</summary>
    public void Show(BrowsedCapture browsed)
    {
        (JoinedCapture joined, CaptureDiagnosis diagnosis) = Join();
        browsed.Join(joined, joined.Connections, browsed);
        browsed.Conclude(diagnosis);
        foreach (JoinedConnection connection in joined.Connections) browsed.Keep(connection.Shown, connection);
    }

    private void Complete()
    {
        if (_begun.Count == 0 || _alone[_begun.Count - 1] is not null) return;
        (ConnectionTracker tracker, Diagnoser diagnoser) = _begun[^1];
        tracker.Complete();
        _alone[_begun.Count - 1] = diagnoser.Conclude(tracker.Totals);
    }

    private static VantagePoint Glance(LocalFile capture)
    {
        var vantage = new VantagePoint();
        var tracker = new ConnectionTracker(
            new TracingOptions { KeptSegments = SegmentsLookedAt, ExchangesOf = FrozenSet<long>.Empty }, vantage);
        using CaptureFile file = CaptureFile.Open(capture.Open());
        while (tracker.Totals.Packets < PacketsLookedAt && file.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        vantage.Totals = tracker.Totals;
        return vantage;
    }
}
