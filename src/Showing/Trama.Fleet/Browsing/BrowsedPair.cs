using Trama.Captures;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Packets;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Fleet.Browsing;

/// <summary>The headers that both sensors have of one connection, joined, to be looked at as two captures are.</summary>
internal static class BrowsedPair
{
    /// <summary>Joins them.</summary>
    /// <param name="one">A pcapng file.</param>
    /// <param name="other">The other.</param>
    /// <param name="sensors">The sensors' names.</param>
    /// <exception cref="CaptureException">One of them is no capture.</exception>
    public static BrowsingAnswers Join(byte[] one, byte[] other, IReadOnlyList<string> sensors)
    {
        TracingOptions needs = BrowsedCapture.JoinedNeeds(JoinedDiagnoser.Options);
        (VantagePoint first, CaptureDiagnosis ofFirst) = Read(one, needs);
        (VantagePoint second, CaptureDiagnosis ofSecond) = Read(other, needs);
        var joined = JoinedCapture.Of(first, second);
        var capture = new BrowsedCapture { IsJudgedElsewhere = true };
        capture.Join(joined, joined.Connections, capture);
        capture.Conclude(JoinedDiagnoser.Judge(joined, ofFirst, ofSecond));
        foreach (JoinedConnection connection in joined.Connections) capture.Keep(connection.Shown, connection);
        return new BrowsingAnswers(new BrowsedSource(capture, sensors, IsLive: false) { IsNamed = false });
    }

    private static (VantagePoint, CaptureDiagnosis) Read(byte[] file, TracingOptions needs)
    {
        var diagnoser = new Diagnoser();
        var vantage = new VantagePoint(diagnoser);
        var tracker = new ConnectionTracker(needs, vantage);
        using CaptureFile capture = CaptureFile.Open(new MemoryStream(file));
        while (capture.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        vantage.Totals = tracker.Totals;
        return (vantage, diagnoser.Conclude(tracker.Totals));
    }
}
