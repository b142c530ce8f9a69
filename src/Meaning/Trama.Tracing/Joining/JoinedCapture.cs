using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>
/// Two captures of the same connections, taken at two places on the path, as one: what left here and arrived there, when, and
/// what became of the rest.
/// </summary>
public sealed class JoinedCapture
{
    private readonly ClockOffset _clock;
    private readonly VantagePoint _first;
    private readonly VantagePoint _second;
    private readonly int _threads;
    private JoinedConnection? _latest;

    private JoinedCapture(VantagePoint first, VantagePoint second, ClockOffset clock, int threads) =>
        (_first, _second, _clock, _threads) = (first, second, clock, threads);

    /// <summary>What both captures hold together.</summary>
    public CaptureTotals Totals => new()
    {
        Packets = _first.Totals.Packets + _second.Totals.Packets,
        Bytes = _first.Totals.Bytes + _second.Totals.Bytes,
        TcpPackets = _first.Totals.TcpPackets + _second.Totals.TcpPackets,
        IcmpErrors = _first.Totals.IcmpErrors + _second.Totals.IcmpErrors,
        FirstAt = _first.Totals.FirstAt ?? _second.Totals.FirstAt,
        LastAt = _first.Totals.LastAt ?? _second.Totals.LastAt,
        Connections = Connections.Count,
    };

    /// <summary>How many connections both captures have.</summary>
    public int SharedConnections { get; private set; }

    /// <summary>How the second capture's clock stands to the first's; null when nothing compares them.</summary>
    public ClockOffset? Clock { get; private set; }

    /// <summary>Whether the first capture is nearer to the clients, of most connections.</summary>
    public bool FirstIsNearClients { get; private set; } = true;

    /// <summary>
    /// Whether the two are two vantage points: they share a connection, or one of them is empty, since nothing ever got there.
    /// </summary>
    public bool AreTwoPlaces => !IsOnePlace && (SharedConnections > 0 || (_first.Totals.Packets == 0) != (_second.Totals.Packets == 0));

    /// <summary>Whether both captures show the same at the same times: one capture twice.</summary>
    public bool IsOnePlace { get; private set; }

    /// <summary>All connections of both captures, in order of their first packets.</summary>
    public IReadOnlyList<JoinedConnection> Connections { get; private set; } = [];

    /// <summary>Joins two captures that were read to their ends.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="threads">How many threads follow the pairs, each one pair at a time; the result is the same with any.</param>
    public static JoinedCapture Of(VantagePoint first, VantagePoint second, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        List<ConnectionPair> matched = ConnectionMatcher.Match(first, second);
        var compared = new Nearness[matched.Count];
        OneByOne(matched.Count, threads, i => compared[i] = Nearness.Of(matched[i], JoiningTables.OfThread));
        (ConnectionPair Pair, Nearness Nearness)[] pairs =
            [.. matched.Zip(compared).Where(shared => shared.Second.Packets.Count > 0 || shared.First.IsTranslated)];
        bool firstIsNearClients = pairs.Sum(shared => shared.Nearness.FirstIsNearClient() switch { true => 1, false => -1, _ => 0 }) >= 0;
        var clocks = new ClockEstimator();
        foreach ((ConnectionPair _, Nearness nearness) in pairs)
        {
            bool firstIsNear = nearness.FirstIsNearClient() ?? firstIsNearClients;
            foreach ((Side from, Timestamp at, Timestamp second2) in nearness.Packets) clocks.Add(
                at, second2, leftFirst: firstIsNear == (from == Side.Client));
        }

        var joined = new JoinedCapture(first, second, clocks.Estimate() ?? default, threads)
        {
            SharedConnections = pairs.Length,
            Clock = clocks.Estimate(),
            FirstIsNearClients = firstIsNearClients,
            IsOnePlace = clocks.IsOnePlace && !pairs.Any(shared => shared.Nearness.PassesRouters),
        };
        joined.Join(pairs);
        return joined;
    }

    /// <summary>The numbers, in one capture alone, of connections that are numbered in both together.</summary>
    public IReadOnlySet<long> NumbersOf(IEnumerable<long> connections, bool inFirst)
    {
        ArgumentNullException.ThrowIfNull(connections);
        IEnumerable<JoinedConnection> told = connections.Select(id => Connections[(int)id - 1]);
        return told.Select(joined => joined.FirstIsNear == inFirst ? joined.NumberAtClient : joined.NumberAtServer).OfType<long>()
            .ToHashSet();
    }

    /// <summary>Calls for each connection, from several threads where the captures were joined by several: in no order, but once each.
    /// What becomes of its segments is kept as long as the call.</summary>
    public void ForEach(Action<JoinedConnection> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        OneByOne(Connections.Count, _threads, i => Connections[i].Show(look));
    }

    /// <summary>Of which connection it was asked last what became of its segments: that of one is kept.</summary>
    internal void ForgetAllBut(JoinedConnection connection)
    {
        JoinedConnection? before = Interlocked.Exchange(ref _latest, connection);
        if (before != connection) before?.ForgetCourse();
    }

    private static void OneByOne(int count, int threads, Action<int> work)
    {
        if (threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
            return;
        }

        for (int i = 0; i < count; i++) work(i);
    }

    private void Join((ConnectionPair Pair, Nearness Nearness)[] pairs)
    {
        var connections = new List<(Timestamp At, ConnectionPair? Pair, Connection? First, Connection? Second, bool FirstIsNear)>();
        foreach ((ConnectionPair pair, Nearness nearness) in pairs)
            connections.Add((pair.First.OpenedAt, pair, pair.First, pair.Second, nearness.FirstIsNearClient() ?? FirstIsNearClients));
        foreach (Connection lone in _first.Connections.Except(pairs.Select(shared => shared.Pair.First)))
            connections.Add((lone.OpenedAt, null, lone, null, FirstIsNearClients));
        foreach (Connection lone in _second.Connections.Except(pairs.Select(shared => shared.Pair.Second)))
            connections.Add((_clock.ToFirst(lone.OpenedAt), null, null, lone, FirstIsNearClients));
        connections.Sort((one, other) => one.At.CompareTo(other.At));
        long id = 0;
        Connections = [.. connections.Select(c => Join(++id, c.Pair, c.First, c.Second, c.FirstIsNear))];
    }

    private JoinedConnection Join(long id, ConnectionPair? pair, Connection? first, Connection? second, bool firstIsNear)
    {
        // The common clock is the first capture's.
        Func<Timestamp, Timestamp> firstClock = at => at, secondClock = _clock.ToFirst;
        (VantagePoint vantage, Connection? connection, Func<Timestamp, Timestamp> clock) one = (_first, first, firstClock),
            other = (_second, second, secondClock);
        var (atClient, atServer) = firstIsNear ? (one, other) : (other, one);
        var joined = new JoinedConnection(id, atClient.connection, atServer.connection, pair?.IsTranslated == true,
            this, connection => Follow(connection, pair, atClient, atServer))
        {
            FirstIsNear = firstIsNear,
            ClientCaptureEndsAt = atClient.vantage.Totals.LastAt is { } clientEnd ? atClient.clock(clientEnd) : null,
            ServerCaptureEndsAt = atServer.vantage.Totals.LastAt is { } serverEnd ? atServer.clock(serverEnd) : null,
        };
        joined.Exchanges = JoinedExchange.Of(joined, atClient.clock, atServer.clock);
        return joined;
    }

    private JoinedCourse Follow(JoinedConnection joined, ConnectionPair? pair,
        (VantagePoint vantage, Connection? connection, Func<Timestamp, Timestamp> clock) atClient,
        (VantagePoint vantage, Connection? connection, Func<Timestamp, Timestamp> clock) atServer)
    {
        var course = JoinedCourse.Begin(atClient.connection, atServer.connection);
        JoiningTables tables = JoiningTables.OfThread;
        long least = _clock.UncertaintyNs ?? 0;
        var requestsLeft = new VantageSegments(atClient.connection, course.AtClient, Side.Client, pair, atClient.clock);
        var requestsArrived = new VantageSegments(atServer.connection, course.AtServer, Side.Client, pair, atServer.clock);
        var repliesLeft = new VantageSegments(atServer.connection, course.AtServer, Side.Server, pair, atServer.clock);
        var repliesArrived = new VantageSegments(atClient.connection, course.AtClient, Side.Server, pair, atClient.clock);
        var toServer = new DirectionJoiner(Side.Client, requestsLeft, requestsArrived, least, tables);
        var toClient = new DirectionJoiner(Side.Server, repliesLeft, repliesArrived, least, tables);
        Watch clientWatch = toServer.Watched(Watch.Of(atClient.vantage, atClient.clock))
            .LimitedTo(atClient.vantage, atClient.connection, atClient.clock);
        Watch serverWatch = toClient.Watched(Watch.Of(atServer.vantage, atServer.clock))
            .LimitedTo(atServer.vantage, atServer.connection, atServer.clock);
        List<JoinedSegment> segments = course.Segments;
        toServer.Judge(clientWatch, serverWatch, Missed(joined.AtServer, Side.Client, requestsArrived, repliesLeft, pair), segments);
        int toServers = segments.Count;
        toClient.Judge(serverWatch, clientWatch, Missed(joined.AtClient, Side.Server, repliesArrived, requestsLeft, pair), segments);

        course.PutInOrder(toServers);
        course.ToServer = OneWayDelay.Of(segments, Side.Client);
        course.ToClient = OneWayDelay.Of(segments, Side.Server);
        return course;
    }

    // What the receiver acknowledged and the capture beside it does not have was missed by that capture, not lost.
    private static ArrivedBytes? Missed(Connection? receiver, Side from, VantageSegments arrived, VantageSegments answers,
        ConnectionPair? pair)
    {
        if (pair is null || receiver is null || receiver.Stream(from.Other()).AcksOfUnseen == 0) return null;
        SequenceNumber? acknowledged = null;
        for (int number = 0; number < answers.Count; number++)
        {
            if (answers[number].Acknowledgement is null) continue;
            var next = new SequenceNumber(pair.Acknowledgement(receiver, answers[number]));
            if (acknowledged is null || next > acknowledged) acknowledged = next;
        }

        return new ArrivedBytes(arrived, acknowledged);
    }
}
