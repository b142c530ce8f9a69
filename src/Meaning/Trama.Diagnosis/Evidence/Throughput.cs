using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>How steadily a bulk transfer went, and how long its segments queued.</summary>
internal sealed class Throughput
{
    /// <summary>Segments keep a beat that lie within so much of it…</summary>
    private const double PacedWithin = 0.2;

    /// <summary>…where it is no faster than this: 12 Mbit/s of full-size segments.</summary>
    private const long PacedNs = Thresholds.Millisecond;

    private const int Slices = 8;

    private Throughput()
    {
    }

    /// <summary>Bytes a second that the receiver acknowledged.</summary>
    public double Rate { get; private init; }

    /// <summary>How much the rate varied over the transfer: the standard deviation of its eighths over their mean.</summary>
    public double Variation { get; private init; }

    /// <summary>How large a share of what came through kept one beat, one segment after another.</summary>
    public double Paced { get; private init; }

    /// <summary>By how much the delay exceeded its least, for most of the transfer, in nanoseconds.</summary>
    public long QueueNs { get; private init; }

    /// <summary>The most by which it did.</summary>
    public long LongestQueueNs { get; private init; }

    /// <summary>Measures a stream; null when it is too short to tell.</summary>
    public static Throughput? Of(ConnectionEvidence evidence, StreamEvidence stream)
    {
        List<(long At, long Acknowledged)> progress = Progress(evidence, stream);
        if (progress.Count < Slices) return null;
        (long firstAt, long first) = progress[0];
        (long lastAt, long last) = progress[^1];
        if (last - first < Thresholds.BulkBytes || lastAt <= firstAt || last - first < stream.Sent.Length * (long)Thresholds.FullSizeBytes
            / 2) return null;
        Span<double> slices = stackalloc double[Slices];
        slices.Clear();
        long latest = firstAt;
        for (int i = 1; i < progress.Count; i++)
        {
            // Where the clock was set back, or forth and back, no time of the transfer tells its rate.
            latest = Math.Max(latest, progress[i].At);
            if (latest - progress[i].At > (lastAt - firstAt) / Slices) return null;
            int slice = Math.Clamp((int)((double)(progress[i].At - firstAt) / (lastAt - firstAt) * Slices), 0, Slices - 1);
            slices[slice] += progress[i].Acknowledged - progress[i - 1].Acknowledged;
        }

        double mean = (double)(last - first) / Slices, squares = 0;
        foreach (double slice in slices) squares += (slice - mean) * (slice - mean);
        double rate = (last - first) * 1e9 / (lastAt - firstAt);
        // What waits in a queue is within the receiver's window: no wait is longer than all of that takes.
        long most = (long)(evidence.LargestWindow(1 - stream.From) * 1e9 / rate) + evidence.RttNs;
        (long usual, long longest) = Queue(Delays(evidence, stream), most, 0);
        (long usualBefore, long longestBefore) = Queue(DelaysBefore(evidence, stream, out long tickNs), most, tickNs);
        return new Throughput
        {
            Rate = rate,
            Variation = Math.Sqrt(squares / Slices) / mean,
            Paced = Math.Max(PacedShare(Arrivals(evidence, stream), evidence.RttNs),
                PacedShare(Acknowledgements(evidence, stream), evidence.RttNs)),
            QueueNs = Math.Max(usual, usualBefore),
            LongestQueueNs = Math.Max(longest, longestBefore),
        };
    }

    private static List<long> Arrivals(ConnectionEvidence evidence, StreamEvidence stream)
    {
        var times = new List<long>();
        foreach (ref readonly Transmission sent in stream.Sent)
            if (evidence.Segments[sent.Index].Length > 0) times.Add(evidence.Segments[sent.Index].At.Nanoseconds);
        return times;
    }

    private static List<long> Acknowledgements(ConnectionEvidence evidence, StreamEvidence stream)
    {
        var times = new List<long>();
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.From != stream.From && segment.Length == 0) times.Add(segment.At.Nanoseconds);
        return times;
    }

    private static double PacedShare(List<long> times, long rttNs)
    {
        if (times.Count < 2 * Slices) return 0;
        var gaps = new List<long>(times.Count);
        for (int i = 1; i < times.Count; i++) gaps.Add(times[i] - times[i - 1]);
        gaps.Sort();
        long beat = gaps[gaps.Count / 2];
        // Once a round trip is the beat of a window that is full, not that of a bottleneck.
        if (beat < PacedNs || Math.Abs(beat - rttNs) < rttNs * (1 - Thresholds.SoonShare)) return 0;
        return (double)gaps.Count(gap => Math.Abs((double)gap - beat) < beat * PacedWithin) / gaps.Count;
    }

    // What the receiver acknowledged, and when, from the first data on.
    private static List<(long At, long Acknowledged)> Progress(ConnectionEvidence evidence, StreamEvidence stream)
    {
        var progress = new List<(long, long)>();
        long acknowledged = 0;
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            if (segment.From == stream.From || segment.Acknowledgement is not { } acknowledgement
                || (segment.Flags & (TcpFlags.Syn | TcpFlags.Rst)) != 0) continue;
            long upTo = acknowledged + (int)(acknowledgement - (uint)acknowledged);
            if (upTo <= acknowledged) continue;
            acknowledged = upTo;
            progress.Add((segment.At.Nanoseconds, upTo));
        }

        return progress;
    }

    // Beyond the vantage point: from a segment to its acknowledgement.
    private static List<long> Delays(ConnectionEvidence evidence, StreamEvidence stream)
    {
        var delays = new List<long>();
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.From != stream.From && segment is { RttNs: { } rttNs, Length: 0 }) delays.Add(rttNs);
        return delays;
    }

    // Before the vantage point: from the sender's clock to here.
    private static List<long> DelaysBefore(ConnectionEvidence evidence, StreamEvidence stream, out long tickNs)
    {
        var delays = new List<long>();
        tickNs = 0;
        TracedSegment? first = null;
        foreach (ref readonly Transmission sent in stream.Sent)
        {
            TracedSegment segment = evidence.Segments[sent.Index];
            if (segment.Timestamps is not { } own || segment.Length == 0) continue;
            first ??= segment;
            if (tickNs == 0) tickNs = SenderClock.TickNs(evidence.Segments, stream.From);
            if (tickNs == 0) return [];
            delays.Add(segment.At - first.Value.At - (int)(own.Value - first.Value.Timestamps!.Value.Value) * tickNs);
        }

        return delays;
    }

    // The delay above the least one that half of the samples exceed, and the most; a longer one answers what was sent before.
    private static (long Usual, long Longest) Queue(List<long> delays, long most, long exactToNs)
    {
        if (delays.Count < Slices) return (0, 0);
        delays.Sort();
        long least = delays[0];
        delays.RemoveAll(delay => delay - least > most);
        if (delays.Count == 0) return (0, 0);
        return (Math.Max(0, delays[delays.Count / 2] - delays[0] - exactToNs), Math.Max(0, delays[^1] - delays[0] - exactToNs));
    }
}
