using Trama.Framing;
using Trama.Peers;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Sending;

/// <summary>What a played client still waits to hear. Safe for threads.</summary>
internal sealed class OpenReplies : IDisposable
{
    private static readonly TimeSpan UnaskedPatience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _changing = new();
    private readonly Action<RecordedExchange, LiveMessage?, long> _complete;
    private readonly TimeProvider _time;
    private readonly Alarm _alarm;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _stopping;
    private readonly Dictionary<RecordedMessage, RecordedExchange> _byRequest = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<RecordedMessage, RecordedExchange> _byReply = new(ReferenceEqualityComparer.Instance);
    private readonly List<(RecordedExchange Exchange, long? Key, long SaidAt)> _waiting = [];
    private readonly HashSet<RecordedExchange> _over = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<RecordedExchange, LiveMessage> _asked = new(ReferenceEqualityComparer.Instance);
    private readonly List<RecordedExchange> _serverAsks = [];
    private bool _isOver;
    private long _unasked;
    private long _awaitedUnasked;

    /// <summary>Begins.</summary>
    /// <param name="recorded">The conversation that is played.</param>
    /// <param name="complete">Told of each exchange that is over: the reply, and when the request was said.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends all waits before their time.</param>
    public OpenReplies(
        RecordedConnection recorded, Action<RecordedExchange, LiveMessage?, long> complete, TimeProvider time, CancellationToken stop)
    {
        (_complete, _time, _stop, _alarm) = (complete, time, stop, new Alarm(time));
        _stopping = _alarm.RingsAt(stop);
        LastHeardAt = time.GetTimestamp();
        foreach (RecordedExchange exchange in recorded.Exchanges)
        {
            if (exchange.Request is { From: Side.Client } request)
            {
                _byRequest[request] = exchange;
                if (exchange.Reply is { IsComplete: true } reply) _byReply[reply] = exchange;
            }
            else if (exchange is { Request.From: Side.Server, Reply: { } answer })
            {
                _byRequest[answer] = exchange;
                _serverAsks.Add(exchange);
            }
        }
    }

    /// <summary>Cookies that replies have set, by name.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Whether nothing more can be heard.</summary>
    public bool IsOver => Volatile.Read(ref _isOver);

    /// <summary>When something was heard last.</summary>
    public long LastHeardAt { get; private set; }

    /// <summary>The exchange of the server that a recorded message of the client answers; null when it asks itself.</summary>
    /// <param name="message">The message.</param>
    /// <param name="asked">What the server asks now.</param>
    public RecordedExchange? Answered(RecordedMessage message, out LiveMessage? asked)
    {
        lock (_changing)
        {
            asked = null;
            if (!_byRequest.TryGetValue(message, out RecordedExchange? exchange) || ReferenceEquals(exchange.Request, message)) return null;
            _asked.Remove(exchange, out asked);
            return exchange;
        }
    }

    /// <summary>The exchange that a recorded message of the client begins; null when it begins none.</summary>
    public RecordedExchange? Begun(RecordedMessage message) =>
        _byRequest.TryGetValue(message, out RecordedExchange? exchange) && ReferenceEquals(exchange.Request, message) ? exchange : null;

    /// <summary>A message was said.</summary>
    public void Said(RecordedMessage message, long? key, long at)
    {
        lock (_changing)
        {
            if (!_byRequest.TryGetValue(message, out RecordedExchange? exchange) || !ReferenceEquals(exchange.Request, message)) return;
            if (exchange.Reply is not null || exchange.ReplyDue == true) _waiting.Add((exchange, key, at));
        }
    }

    /// <summary>The server said something.</summary>
    public void Heard(LiveMessage message)
    {
        if ((message.Traits & MessageTraits.Interim) != 0) return;
        (RecordedExchange Exchange, long? Key, long SaidAt)? answered = null;
        lock (_changing)
        {
            LastHeardAt = message.HeardAt;
            int at = (message.Traits & (MessageTraits.Unsolicited | MessageTraits.Asks)) != 0 ? -1
                : message.Key is { } key ? _waiting.FindIndex(open => open.Key == key) : _waiting.Count > 0 ? 0 : -1;
            if (at >= 0)
            {
                answered = _waiting[at];
                _waiting.RemoveAt(at);
                SetCookies.Take(message, Cookies);
            }
            else
            {
                _unasked++;
                if (_serverAsks.Count > 0 && (message.Traits & MessageTraits.Asks) != 0)
                {
                    _asked[_serverAsks[0]] = message;
                    _serverAsks.RemoveAt(0);
                }
            }
        }

        if (answered is { } exchange && IsComparable(exchange.Exchange)) _complete(exchange.Exchange, message, exchange.SaidAt);
        if (answered is { } over)
        {
            lock (_changing) _over.Add(over.Exchange);
        }

        _alarm.Ring();
    }

    /// <summary>Nothing more can be heard.</summary>
    public void End()
    {
        Volatile.Write(ref _isOver, true);
        _alarm.Ring();
    }

    /// <summary>Waits until a point in time.</summary>
    /// <param name="at">When, as a timestamp of the clock.</param>
    /// <exception cref="OperationCanceledException">It is to stop.</exception>
    public ValueTask SleepAsync(long at) => _alarm.SleepAsync(at, _stop);

    /// <summary>Waits for what a recorded message of the server is the counterpart of.</summary>
    /// <returns>False when it will not come.</returns>
    /// <exception cref="OperationCanceledException">It is to stop.</exception>
    public async ValueTask<bool> WhenHeardAsync(RecordedMessage message, TimeSpan patience)
    {
        // Of a reply that was given up nobody knows how it would have ended.
        if (!message.IsComplete) return true;
        RecordedExchange? exchange = _byReply.GetValueOrDefault(message);
        // One that answers nothing may be one more or less now; the conversation goes on without it after a moment.
        if (exchange is null)
        {
            _awaitedUnasked++;
            if (patience > UnaskedPatience) patience = UnaskedPatience;
        }

        long enough = _time.GetTimestamp() + (long)(patience.TotalSeconds * _time.TimestampFrequency);
        while (true)
        {
            _alarm.Silence();
            _stop.ThrowIfCancellationRequested();
            lock (_changing)
            {
                bool isThere = exchange is null ? _unasked >= _awaitedUnasked : _over.Contains(exchange) || !IsWaitedFor(exchange);
                if (isThere) return true;
            }

            if (_time.GetTimestamp() >= enough || IsOver) return exchange is null && !IsOver;
            await _alarm.UntilAsync(enough);
        }
    }

    /// <summary>Nothing more will be heard.</summary>
    public void Abandon()
    {
        foreach ((RecordedExchange exchange, _, long saidAt) in _waiting)
            if (IsComparable(exchange)) _complete(exchange, null, saidAt);
        _waiting.Clear();
    }

    // One that was given up when it was recorded says nothing of how it should end.
    private static bool IsComparable(RecordedExchange exchange) => exchange.Reply?.IsComplete ?? exchange.Status.IsEmpty;

    private bool IsWaitedFor(RecordedExchange exchange) => _waiting.Exists(open => ReferenceEquals(open.Exchange, exchange));

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _alarm.Dispose();
    }
}
