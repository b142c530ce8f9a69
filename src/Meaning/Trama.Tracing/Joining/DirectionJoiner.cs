using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>Says of each segment of one direction what became of it.</summary>
internal sealed class DirectionJoiner
{
    private readonly Side _from;
    private readonly VantageSegments _left;
    private readonly VantageSegments _arrived;
    private readonly long _leastDelayNs;
    private readonly SegmentMatcher _matcher;

    /// <param name="from">The side that sends.</param>
    /// <param name="left">What was seen nearer to it.</param>
    /// <param name="arrived">What was seen at the other vantage point.</param>
    /// <param name="leastDelayNs">The shortest time on the way, in nanoseconds.</param>
    /// <param name="tables">Used meanwhile.</param>
    public DirectionJoiner(Side from, VantageSegments left, VantageSegments arrived, long leastDelayNs, JoiningTables tables)
    {
        (_from, _left, _arrived, _leastDelayNs) = (from, left, arrived, leastDelayNs);
        _matcher = new SegmentMatcher(left, arrived, leastDelayNs, tables);
        _matcher.Match();
    }

    /// <summary>
    /// When the capture at the sender ran: over its own span, if anything of the sender's came before or after that; else there
    /// is no reason to doubt that it ran all the time.
    /// </summary>
    public Watch Watched(Watch span)
    {
        Watch watch = Watch.Always;
        for (int number = 0; number < _arrived.Count; number++)
        {
            // A RST may be made up on the way; it says nothing about the sender's capture.
            if (_matcher.LeftAs[number] >= 0 || (_arrived[number].Flags & TcpFlags.Rst) != 0) continue;
            Timestamp left = LeftBefore(_arrived.TimeOf(number));
            if (left < span.From) watch = watch with { From = span.From };
            if (left > span.Until) watch = watch with { Until = span.Until };
        }

        return watch;
    }

    /// <summary>Adds the fate of each segment.</summary>
    /// <param name="departures">When the capture at the sender ran.</param>
    /// <param name="arrivals">When the other one ran.</param>
    /// <param name="bytes">What the other one missed; null when it missed nothing.</param>
    /// <param name="segments">Takes them, in no order.</param>
    public void Judge(Watch departures, Watch arrivals, ArrivedBytes? bytes, List<JoinedSegment> segments)
    {
        AddArrivals(departures, segments);
        for (int number = 0; number < _left.Count; number++)
        {
            int arrival = _matcher.ArrivedAs[number];
            Timestamp at = _left.TimeOf(number);
            if (arrival < 0)
            {
                bool isWatched = arrivals.Covers(new Timestamp(at.Nanoseconds + _leastDelayNs)) && bytes?.Miss(_left, number) != true;
                segments.Add(new JoinedSegment(_from, isWatched ? SegmentFate.Lost : SegmentFate.Unwatched, _left.IndexOf(number), -1, at,
                    at, false));
            }
            else if (_matcher.LeftAs[arrival] != number)
            {
                // Joined with others on the way.
                segments.Add(Both(number, arrival, SegmentFate.Delivered));
            }
        }
    }

    private void AddArrivals(Watch departures, List<JoinedSegment> segments)
    {
        int last = -1;
        byte? usual = _arrived.UsualTimeToLive;
        for (int number = 0; number < _arrived.Count; number++)
        {
            int departure = _matcher.LeftAs[number];
            if (departure < 0)
            {
                Timestamp at = _arrived.TimeOf(number);
                bool isStrange = (_arrived[number].Flags & TcpFlags.Rst) != 0 && _arrived[number].TimeToLive != usual;
                SegmentFate fate = isStrange || departures.Covers(LeftBefore(at)) ? SegmentFate.Forged : SegmentFate.Unwatched;
                segments.Add(new JoinedSegment(_from, fate, -1, _arrived.IndexOf(number), at, at, false));
            }
            else if (_matcher.Copies.Contains(number))
            {
                segments.Add(Both(departure, number, SegmentFate.Duplicated));
            }
            else
            {
                segments.Add(Both(departure, number, SegmentFate.Delivered, overtaken: departure < last));
                last = Math.Max(last, departure);
            }
        }
    }

    private Timestamp LeftBefore(Timestamp arrivedAt) => new(arrivedAt.Nanoseconds - _leastDelayNs);

    private JoinedSegment Both(int departure, int arrival, SegmentFate fate, bool overtaken = false) => new(
        _from, fate, _left.IndexOf(departure), _arrived.IndexOf(arrival), _left.TimeOf(departure), _arrived.TimeOf(arrival), overtaken);
}
