using Trama.Captures;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Packets;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Fleet.Joining;

/// <summary>What two sensors' headers of one connection tell together: the diagnosis of two captures.</summary>
/// <param name="Captures">The two, joined.</param>
/// <param name="Diagnosis">What went wrong.</param>
public sealed record JoinedDigests(JoinedCapture Captures, CaptureDiagnosis Diagnosis)
{
    /// <summary>How far the second sensor's clock is ahead, in nanoseconds; null when nothing compares them.</summary>
    public long? ClockNs => Captures.Clock?.OffsetNs;

    /// <summary>How many segments left one end and never arrived at the other.</summary>
    public long Lost => Captures.Connections.Sum(connection => connection.Segments.LongCount(segment => segment.Fate == SegmentFate.Lost));

    /// <summary>Joins them.</summary>
    /// <param name="one">A pcapng file.</param>
    /// <param name="other">The other.</param>
    public static JoinedDigests Of(byte[] one, byte[] other)
    {
        (VantagePoint first, CaptureDiagnosis ofFirst) = Read(one);
        (VantagePoint second, CaptureDiagnosis ofSecond) = Read(other);
        var captures = JoinedCapture.Of(first, second);
        return new JoinedDigests(captures, JoinedDiagnoser.Judge(captures, ofFirst, ofSecond));
    }

    private static (VantagePoint, CaptureDiagnosis) Read(byte[] file)
    {
        var diagnoser = new Diagnoser();
        var vantage = new VantagePoint(diagnoser);
        var tracker = new ConnectionTracker(JoinedDiagnoser.Options, vantage);
        using CaptureFile capture = CaptureFile.Open(new MemoryStream(file));
        while (capture.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        vantage.Totals = tracker.Totals;
        return (vantage, diagnoser.Conclude(tracker.Totals));
    }
}
