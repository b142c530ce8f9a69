using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Trama.Framing;

namespace Trama.Peers.Loading;

/// <summary>One thread of a load, with its share of the connections and of the rate. Allocates nothing per request.</summary>
internal sealed class LoadWorker : IDisposable
{
    private const int BufferSize = 256 << 10;
    private static readonly long LookNs = LoadSchedule.Nanoseconds(TimeSpan.FromMilliseconds(50));

    private readonly LoadPoll _poll = new();
    private readonly LoadConnection[] _connections;
    private readonly LoadPlaces _places;
    private readonly Queue<LoadConnection> _free;
    private readonly double _share;
    private readonly long _timeoutNs;

    // When requests were due that a server left unanswered when it closed.
    private readonly Queue<long> _again = new();
    private LoadSchedule _schedule;
    private bool _isAsking;
    private long _end;
    private long _next;
    private long _nextDueAt = long.MaxValue;
    private long _lookAt;
    private long _replaceAt = long.MaxValue;
    private long _lastReplyAt;
    private int _begun;
    private bool _carriesMore;

    /// <param name="options">The whole load.</param>
    /// <param name="connections">How many of its connections are this thread's.</param>
    public LoadWorker(LoadOptions options, int connections)
    {
        Options = options;
        ServerAddress = options.Server.Serialize();
        RequestsPerConnection = options.RequestsPerConnection;
        Requests = RepeatedRequest.Of(options.Request.Span);
        TellsRequests = options.Framing == FramingRule.Http1 && options.Request.Span.StartsWith("HEAD "u8);
        _share = (double)connections / options.Connections;
        _timeoutNs = LoadSchedule.Nanoseconds(options.Timeout);
        _connections = new LoadConnection[connections];
        for (int i = 0; i < connections; i++) _connections[i] = new LoadConnection(this);
        _free = new Queue<LoadConnection>(connections);
        _places = new LoadPlaces(_connections, options.NewConnections * _share);
    }

    /// <summary>Now, in the ticks of the clock, which on Linux are nanoseconds.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>The whole load.</summary>
    public LoadOptions Options { get; }

    /// <summary>The server, as the system writes it.</summary>
    public SocketAddress ServerAddress { get; }

    /// <summary>What came of it so far.</summary>
    public LoadTally Tally { get; } = new();

    /// <summary>Many requests, one after another.</summary>
    public byte[] Requests { get; }

    /// <summary>How many requests a connection carries: as many as is asked for, or one when the server closes after each reply.</summary>
    public long RequestsPerConnection { get; private set; }

    /// <summary>Whether replies can only be understood by who knows the requests.</summary>
    public bool TellsRequests { get; }

    /// <summary>Where what is received goes; of use until the next read.</summary>
    public byte[] Buffer { get; } = new byte[BufferSize];

    /// <summary>What stood in the way of the last connection that failed.</summary>
    public LoadFailure? LastFailure { get; private set; }

    /// <summary>Tries to make every connection, once.</summary>
    /// <returns>How many there are.</returns>
    public int Connect(CancellationToken stop)
    {
        while (_places.AreConnecting && !stop.IsCancellationRequested)
        {
            long now = Now;
            _places.OpenClosed(now);
            Look(now);
            _poll.Turn(now + LookNs);
        }

        return _places.Open;
    }

    /// <summary>Runs the load, and waits for the replies that are due at its end.</summary>
    /// <param name="start">When it starts, the same for all threads.</param>
    /// <param name="stop">Ends it before its time.</param>
    public void Run(long start, CancellationToken stop)
    {
        _schedule = new LoadSchedule(Options, start, _share);
        _end = _schedule.End;
        _isAsking = true;
        if (Options.Rate is not null) _nextDueAt = _schedule.DueAt(0);
        foreach (LoadConnection connection in _connections) Offer(connection);
        long giveUpAt = long.MaxValue;
        for (long now = Now; now < giveUpAt; now = Now)
        {
            if (_isAsking && (now >= _end || stop.IsCancellationRequested))
            {
                _isAsking = false;
                _end = Math.Min(_end, now);
                giveUpAt = now + _timeoutNs;
            }

            if (!IsBusy && !_connections.Any(connection => connection.Waiting > 0)) break;
            AskDue(now);
            if (IsBusy) _places.OpenAgain(now);
            if (_isAsking) Replace(now);
            Look(now);
            _poll.Turn(NextAt(giveUpAt));
        }

        while (_again.TryDequeue(out long dueAt)) CountFailure(LoadFailure.Closed, dueAt);
        for (; _nextDueAt < _end; _nextDueAt = _schedule.DueAt(++_next)) CountUnsent();
        foreach (LoadConnection connection in _connections) connection.EndWhenOverdue(giveUpAt, 0);
        Tally.Measured = TimeSpan.FromTicks(Math.Max(0, Math.Max(_end, _lastReplyAt) - _schedule.MeasuredFrom)
            / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Wants to hear of a connection that is being made.</summary>
    public void Watch(LoadConnection connection, Socket socket)
    {
        _poll.Add(connection, socket);
        _places.Began();
    }

    /// <summary>A connection is to go on at the next turn, whatever the kernel reports.</summary>
    public void Postpone(LoadConnection connection) => _poll.Postpone(connection);

    /// <summary>Wants to hear no more of a connection.</summary>
    public void Forget(LoadConnection connection)
    {
        // One that failed at once was never watched.
        if (_poll.Remove(connection)) _places.Ended(connection.IsConnecting);
    }

    /// <summary>A connection was made.</summary>
    public void Established()
    {
        Tally.Connections++;
        _places.Established();
    }

    /// <summary>A place has no connection any more.</summary>
    public void Closed(LoadConnection connection, bool failed) => _places.Closed(connection, failed);

    /// <summary>The server has closed a connection in good order, after so many replies.</summary>
    public void ClosedByServer(long answered)
    {
        Tally.ClosedByServer++;
        if (RequestsPerConnection == 1) return;
        _carriesMore |= answered > 1 || _connections.Any(connection => connection.Answered > 1);
        if (!_carriesMore) RequestsPerConnection = 1;
    }

    /// <summary>A request is to be made again, over another connection.</summary>
    public void AskElsewhere(long dueAt) => _again.Enqueue(dueAt);

    /// <summary>A connection may be free for the next request.</summary>
    public void Answered(LoadConnection connection, long now)
    {
        if (Options.Rate is not null) Offer(connection);
        else if (connection.HasBegun) AskAgain(connection, now);
    }

    /// <summary>A request was answered.</summary>
    public void Count(long dueAt, long now)
    {
        if (!IsMeasured(dueAt)) return;
        Tally.Latency.Add(now - dueAt);
        _lastReplyAt = now;
    }

    /// <summary>A request was not answered, or no connection made.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="dueAt">When the request was due; now, for a connection.</param>
    public void CountFailure(LoadFailure failure, long dueAt)
    {
        LastFailure = failure;
        if (IsMeasured(dueAt)) Tally.Fail(failure);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        foreach (LoadConnection connection in _connections) connection.Dispose();
        _poll.Dispose();
    }

    // Whether requests are due still, or were due and found no connection.
    private bool IsBusy => _isAsking || _nextDueAt < _end || _again.Count > 0;

    private bool IsMeasured(long dueAt) => dueAt >= _schedule.MeasuredFrom && dueAt < _end;

    private void Offer(LoadConnection connection)
    {
        if (connection.IsListed || !connection.IsFree) return;
        connection.IsListed = true;
        _free.Enqueue(connection);
    }

    // Open loop: what is due goes to the connection that has been free longest. What finds none stays due, and its latency grows.
    private void AskDue(long now)
    {
        while ((_again.Count > 0 || (_nextDueAt <= now && _nextDueAt < _end)) && _free.TryDequeue(out LoadConnection? connection))
        {
            connection.IsListed = false;
            if (!connection.IsFree) continue;
            if (_again.TryDequeue(out long again))
            {
                connection.Ask(again, now);
                connection.Send();
                Offer(connection);
                continue;
            }

            if (IsMeasured(_nextDueAt))
            {
                Tally.Due++;
                Tally.Lag.Add(now - _nextDueAt);
            }

            connection.Ask(_nextDueAt, now);
            connection.Send();
            _nextDueAt = _schedule.DueAt(++_next);
            Offer(connection);
        }
    }

    // Closed loop: as many requests as were answered.
    private void AskAgain(LoadConnection connection, long now)
    {
        while (connection.IsFree)
        {
            if (_again.TryDequeue(out long dueAt))
            {
                connection.Ask(dueAt, now);
                continue;
            }

            if (!_isAsking) break;
            if (IsMeasured(now)) Tally.Due++;
            connection.Ask(now, now);
        }

        connection.Send();
    }

    private void CountUnsent()
    {
        if (!IsMeasured(_nextDueAt)) return;
        Tally.Due++;
        Tally.Fail(LoadFailure.NotSent);
    }

    private void Replace(long now)
    {
        long next = _places.Replace(now - _schedule.Start);
        _replaceAt = next == long.MaxValue ? next : _schedule.Start + next;
    }

    private void Look(long now)
    {
        if (now < _lookAt) return;
        _lookAt = now + LookNs;
        foreach (LoadConnection connection in _connections) connection.EndWhenOverdue(now, _timeoutNs);
        if (!_isAsking || Options.Rate is not null) return;
        double part = Options.Ramp == TimeSpan.Zero ? 1 : (now - _schedule.Start) / (double)LoadSchedule.Nanoseconds(Options.Ramp);
        for (int begun = (int)Math.Ceiling(_connections.Length * Math.Clamp(part, 0, 1)); _begun < begun; _begun++)
        {
            _connections[_begun].HasBegun = true;
            Answered(_connections[_begun], now);
        }
    }

    private long NextAt(long giveUpAt)
    {
        long at = Math.Min(_lookAt, giveUpAt);
        if (_isAsking) at = Math.Min(at, _end);
        if (_free.Count > 0 && _again.Count > 0) return 0;
        if (_free.Count > 0 && _nextDueAt < _end) at = Math.Min(at, _nextDueAt);
        if (_places.CanOpen && IsBusy) return 0;
        return _isAsking ? Math.Min(at, _replaceAt) : at;
    }
}
