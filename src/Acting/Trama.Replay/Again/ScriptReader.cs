using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Reads from a connection's segments what one program did: what it wrote, when, and how it ended.</summary>
internal sealed class ScriptReader
{
    // What goes out so soon after an acknowledgement was waiting for it.
    private const long AtOnceNs = 1_500_000;

    // No host holds an acknowledgement back for longer (of Linux, 40 ms; RFC 9293 section 3.8.6.3 allows 500).
    private const long MostDelayedNs = 60_000_000;

    private readonly SeenConnection _seen;
    private readonly PathGuess _path;
    private readonly Side _side;
    private readonly int _segmentSize;
    private readonly long _unseenTo;
    private readonly List<SceneStep> _steps = [];
    private readonly List<(long Bytes, long At)> _arrived = [];
    private readonly AcknowledgementTimes _acknowledged;
    private long _lastAt;
    private long _arrivedTo;

    private ScriptReader(SeenConnection seen, PathGuess path, Side side)
    {
        (_seen, _path, _side) = (seen, path, side);
        Side other = 1 - side;
        _unseenTo = UnseenBytes.Read(seen, path, side) is [.., var last] ? last.To : 0;
        // The sender keeps to what the other side takes.
        _segmentSize = seen.Connection.Stream(other).MaximumSegmentSize ?? 1460;
        TracedSegment? opened = seen.Segments.Cast<TracedSegment?>().FirstOrDefault(segment => (segment!.Value.Flags & TcpFlags.Syn) == 0);
        _acknowledged = new AcknowledgementTimes(seen, side);
        _lastAt = (opened ?? seen.Segments[0]).At.Nanoseconds;
    }

    /// <summary>The steps of one side.</summary>
    public static List<SceneStep> Read(SeenConnection seen, PathGuess path, Side side)
    {
        var reader = new ScriptReader(seen, path, side);
        reader.Read();
        return reader._steps;
    }

    private void Read()
    {
        long written = 0, begun = 0, beganAt = 0, lastAcknowledged = 0, lastSentAt = 0;
        bool isOver = false;
        var numbering = default(Numbering);
        foreach (TracedSegment segment in _seen.Segments)
        {
            long at = segment.At.Nanoseconds;
            if (segment.From != _side)
            {
                Arrive(segment, at + _path.After(segment.From));
                if (segment.Acknowledgement is not null) lastAcknowledged = at + _path.After(segment.From);
                continue;
            }

            if (isOver) continue;
            long sentAt = at - _path.Before(_side);
            bool wasLost = numbering.Missing(segment) > 0;
            numbering = new Numbering(segment);
            long end = (int)segment.Sequence - 1L + segment.Length;
            bool isProbe = (segment.Marks & (SegmentMarks.ZeroWindowProbe | SegmentMarks.KeepAlive)) != 0;
            if (segment.Length == 0 && end > written && end <= _unseenTo)
            {
                // What never came went out when there was an answer to give: else an acknowledgement would have come by itself.
                Write(begun, written, beganAt);
                (begun, written) = (written, end);
                beganAt = lastSentAt = _arrived.Count > 0 ? Math.Max(_lastAt, _arrived[^1].At) : sentAt;
            }
            else if (segment.Length > 0 && end > written && !isProbe)
            {
                // What was lost before it came was written with what came before.
                if (wasLost) sentAt = lastSentAt;
                bool goesOn = written > begun && (sentAt - lastSentAt < AtOnceNs || sentAt - lastAcknowledged < AtOnceNs);
                if (!goesOn)
                {
                    Write(begun, written, beganAt);
                    (begun, beganAt) = (written, sentAt);
                }

                written = end;
                lastSentAt = sentAt;
                // A segment that is not full ends a write; the next waits by itself where Nagle's rule holds it.
                if (segment.Length < _segmentSize - 12)
                {
                    Write(begun, written, beganAt);
                    begun = written;
                }
            }

            if ((segment.Flags & (TcpFlags.Fin | TcpFlags.Rst)) == 0 || PathWordReader.IsForeign(_seen, segment)) continue;
            Write(begun, written, beganAt);
            begun = written;
            isOver = End(segment, sentAt);
        }

        Write(begun, written, beganAt);
    }

    private void Write(long from, long to, long at)
    {
        ReadOnlyMemory<byte> stream = Stream(to);
        to = Math.Min(to, stream.Length);
        if (to <= from) return;
        // What Nagle's rule held until the acknowledgement was written right after what came before.
        bool isHeld = _steps is [.., { Act: SceneAct.Write }] && to - from < _segmentSize && IsHeld(at);
        Add(SceneAct.Write, isHeld ? _lastAt : at, stream.Slice((int)from, (int)(to - from)));
        _lastAt = at;
    }

    // The side's stream, with zeros for what never came.
    private ReadOnlyMemory<byte> Stream(long to)
    {
        ReadOnlyMemory<byte> stream = _seen.Stream(_side);
        if (stream.Length >= Math.Min(to, _unseenTo) || to > SeenCapture.MaxBytes) return stream;
        byte[] whole = new byte[to];
        stream.CopyTo(whole);
        return whole;
    }

    // Whether a segment went out just as an acknowledgement came that was itself late.
    private bool IsHeld(long at)
    {
        long? came = null;
        foreach (TracedSegment segment in _seen.Segments)
        {
            if (segment.From == _side || segment.Length > 0 || (segment.Flags & TcpFlags.Syn) != 0) continue;
            long there = segment.At.Nanoseconds + _path.After(segment.From);
            if (there <= at) came = there;
        }

        return came is { } acknowledged && at - acknowledged < AtOnceNs && acknowledged - _lastAt > _path.RoundTripNs + 20_000_000;
    }

    // True when the side says nothing more.
    private bool End(in TracedSegment segment, long at)
    {
        bool hasClosed = _steps.Any(step => step.Act is SceneAct.Close);
        if ((segment.Flags & TcpFlags.Rst) != 0)
        {
            // After its FIN, or before anything was open, the kernel answers by itself.
            if (!hasClosed && !_steps.Any(step => step.Act == SceneAct.EndStream)) Add(SceneAct.Abort, at, default);
            else if (!hasClosed) Add(SceneAct.Abort, at, default);
            return true;
        }

        if (_steps.Any(step => step.Act == SceneAct.EndStream)) return false;
        long finAt = segment.At.Nanoseconds;
        Side other = 1 - _side;
        bool hearsMore = _seen.Segments.Any(later => later.From == other && later.Length > 0 && later.At.Nanoseconds > finAt)
            && !_seen.Segments.Any(later => later.From == _side && (later.Flags & TcpFlags.Rst) != 0 && later.At.Nanoseconds > finAt);
        Add(hearsMore ? SceneAct.EndStream : SceneAct.Close, at, default);
        return !hearsMore;
    }

    private void Add(SceneAct act, long at, ReadOnlyMemory<byte> bytes)
    {
        // The last of what it may have been waiting for.
        (long needs, long came) = (0, 0);
        foreach ((long count, long there) in _arrived)
        {
            if (there > at) break;
            (needs, came) = (count, there);
        }

        _steps.Add(new SceneStep(act, needs, Math.Max(0, at - Math.Max(_lastAt, came)), bytes));
        _lastAt = at;
    }

    // What is there without a hole before it.
    private void Arrive(in TracedSegment segment, long at)
    {
        bool isEnd = (segment.Flags & TcpFlags.Fin) != 0;
        long end = (int)segment.Sequence - 1L + segment.Length + (isEnd ? 1 : 0);
        if (segment.Length == 0 && !isEnd || end <= _arrivedTo || (segment.Flags & TcpFlags.Syn) != 0) return;
        _arrivedTo = end;
        // What waited in a queue, or was lost at first, came later than it would have by itself.
        if (_acknowledged.Of(end) is { } then && then - _path.Before(_side) is var left && left - at > MostDelayedNs) at = left;
        _arrived.Add((end, _arrived.Count > 0 ? Math.Max(_arrived[^1].At, at) : at));
    }
}
