using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing.Sharding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing;

/// <summary>Turns records into connections, streams, messages and exchanges, and tells them to a sink as soon as they are
/// known.</summary>
public sealed class ConnectionTracker
{
    /// <summary>
    /// Into how many shards connections are parted, by their numbers, where several threads follow them: always the same, so that no result
    /// depends on the number of threads.
    /// </summary>
    public const int Shards = 64;

    // How exactly the order of the last packets is kept.
    private const long RecencyNs = 100_000_000;

    // A connection that is over may see stray packets for so long: the maximum segment lifetime (RFC 9293 section 3.4.2).
    private const long LingerNs = 120_000_000_000;

    private readonly SegmentDecoder _decoder = new();
    private readonly CaptureOrder _order = new();
    private readonly Dictionary<FlowKey, Flow> _flows = [];
    private readonly HalfOpenConnections _begun = new();
    private readonly RecencyList _halfOpen = new();
    private readonly RecencyList _open = new();
    private readonly RecencyList _over = new();
    private readonly TracingOptions _options;
    private readonly TrackerContext[] _contexts;
    private readonly Shard[] _shards = [];
    private readonly Epochs _epochs = new();
    private readonly RecentConnections _recent = new();
    private readonly EarlyErrors _earlyErrors = new(RecencyNs);
    private ISteps _steps;
    private bool _isAlone;

    /// <summary>Makes a tracker of one capture.</summary>
    /// <param name="options">What to keep.</param>
    /// <param name="sink">Hears of everything found, in the calls of <see cref="Observe(in Record)"/> and <see cref="Complete"/>.</param>
    public ConnectionTracker(TracingOptions options, ITraceSink sink)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sink);
        _options = options;
        Totals = new CaptureTotals { IsSynthetic = options.IsSynthetic };
        if (options.Threads == 0 || sink is not IShardedSink sharded)
        {
            _contexts = [new TrackerContext(options, sink, Totals)];
            _steps = new StepsAtOnce(_contexts);
            return;
        }

        _shards = [.. Enumerable.Range(0, Shards).Select(number => new Shard(number, options, sharded, Totals))];
        _contexts = [.. _shards.Select(shard => shard.Context)];
        _steps = options.Threads == 1 ? new StepsAtOnce(_contexts, _epochs)
            : new ShardCrew(_shards, sharded, Totals, _epochs, options.Threads);
    }

    /// <summary>What was given so far.</summary>
    public CaptureTotals Totals { get; }

    /// <summary>Takes the next record of the capture.</summary>
    public void Observe(in Record record)
    {
        Totals.Packets++;
        Totals.Bytes += record.OriginalLength;
        if (Totals.FirstAt is null)
        {
            Totals.FirstAt = record.Timestamp;
            _options.KeptOf?.Begin(record.Timestamp);
        }

        Totals.LastAt = record.Timestamp;
        _order.Observe(record.Timestamp);
        switch (_decoder.Decode(record, out TcpSegment segment))
        {
            case Decoded.Segment:
                Totals.TcpPackets++;
                Take(segment, Totals.Packets);
                break;
            case Decoded.QuotedSegment:
                Totals.IcmpErrors++;
                Take(_decoder.Quote, Totals.Packets);
                break;
        }
    }

    /// <summary>
    /// Live, and by turns: takes the replies of connections silent since <paramref name="before"/> for complete, rather than
    /// wait for the client to speak.
    /// </summary>
    public void EndSilentReplies(Timestamp before)
    {
        foreach (Flow flow in _flows.Values)
            if (flow.LastAt < before) _steps.EndReply(flow);
    }

    /// <summary>
    /// Live: tells the connections that are over and silent since <paramref name="before"/> as ended, rather than wait for stray
    /// packets.
    /// </summary>
    public void EndClosed(Timestamp before)
    {
        while (_over.Oldest is { } over && over.LastAt < before) LetGo(_over);
    }

    /// <summary>With <see cref="TracingOptions.Threads"/>: returns when the sink has heard of everything known so far.</summary>
    public void Settle() => _steps.Settle();

    /// <summary>
    /// From here on this thread alone follows the connections: what they share beside limits is about to change, so that it matters who
    /// is ahead.
    /// </summary>
    public void GoOnAlone()
    {
        if (_isAlone) return;
        _isAlone = true;
        Settle();
        if (_steps is not ShardCrew crew) return;
        crew.Complete();
        foreach (Shard shard in _shards) shard.TellAtOnce();
        _steps = new StepsAtOnce(_contexts, _epochs, crew.Epoch);
    }

    /// <summary>Ends the capture: tells every exchange and connection that is still open, in order.</summary>
    public void Complete()
    {
        Flow[] rest = [.. _flows.Values];
        Array.Sort(rest, static (one, other) => one.Id.CompareTo(other.Id));
        foreach (Flow flow in rest)
        {
            EndBegun(before: flow.Id);
            End(flow);
        }

        EndBegun(before: long.MaxValue);
        _flows.Clear();
        _steps.Complete();
    }

    private void Take(in TcpSegment segment, long packet)
    {
        if (Find(segment, packet, out Side from) is not { } flow) return;
        Take(flow, segment, from, packet);
        if (flow.List != ListOf(flow) || flow.LastAt - flow.TouchedAt >= RecencyNs) Touch(flow);
    }

    private void Take(Flow flow, in TcpSegment segment, Side from, long packet)
    {
        flow.Note(segment, from);
        // Which connection lacks secrets first depends on who is ahead; which TLS record stands first does not.
        if (_options.Keys is { } keys && keys.GatherFor(segment.Payload)) GoOnAlone();
        _steps.Take(flow, segment, from, packet, _order.IsKept);
    }

    private void Take(in QuotedSegment error, long packet)
    {
        if (Known(new FlowKey(error.Source, error.Destination), default) is { } flow) _steps.Tell(flow, packet, error);
        else _earlyErrors.Add(packet, error);
    }

    private void Touch(Flow flow)
    {
        flow.TouchedAt = flow.LastAt;
        ListOf(flow).Touch(flow);
    }

    // The connection that a segment belongs to; null when it is the beginning of one, which is held for now.
    private Flow? Find(in TcpSegment segment, long packet, out Side from)
    {
        from = default;
        ref Flow? recent = ref _recent.Of(segment.Source, segment.Destination);
        if (recent is { } last && last.Connects(segment, out from) && !last.IsSucceededBy(segment)) return last;
        if (Find(segment, packet, ref recent) is not { } flow) return null;
        from = flow.SenderOf(segment);
        return flow;
    }

    private Flow? Find(in TcpSegment segment, long packet, ref Flow? recent)
    {
        var key = new FlowKey(segment.Source, segment.Destination);
        if (_begun.TryAnswer(key, segment, packet)) return null;
        if (Known(key, segment) is { } flow)
        {
            if (!flow.IsSucceededBy(segment)) return recent = flow;
            _flows.Remove(key);
            End(flow);
        }

        MakeRoom(segment.Timestamp);
        long id = ++Totals.Connections;
        bool isClient = Roles.SenderIsClient(segment);
        Func<Side, SideProcess?>? owners = _options.Owners?.Begin(segment, isClient);
        if (HalfOpenConnection.MayBegin(segment))
        {
            _begun.Add(new HalfOpenConnection(id, segment, packet) { Owners = owners });
            return null;
        }

        _flows.Add(key, recent = Open(id, segment, isClient, owners));
        return recent;
    }

    private Flow? Known(in FlowKey key, in TcpSegment next)
    {
        if (_flows.TryGetValue(key, out Flow? flow) || !_begun.TryTake(key, out HalfOpenConnection begun)) return flow;
        flow = Open(begun, next);
        _flows.Add(key, flow);
        Touch(flow);
        return flow;
    }

    private void MakeRoom(Timestamp now)
    {
        while (_over.Count >= _options.MaxLingering || (_over.Oldest is { } over && now - over.LastAt > LingerNs))
            LetGo(_over);
        while (_halfOpen.Count >= _options.MaxHalfOpen) LetGo(_halfOpen);
        if (_begun.Count >= _options.MaxHalfOpen) LetGoBegun();
        if (_flows.Count + _begun.Count < _options.MaxConnections) return;
        if (_over.Count > 0) LetGo(_over);
        else if (_open.Count > 0) LetGo(_open);
        else if (_halfOpen.Count > 0) LetGo(_halfOpen);
        else LetGoBegun();
    }

    private void LetGoBegun()
    {
        Totals.EvictedConnections++;
        EndBegun(before: _begun.OldestId + 1);
    }

    private void EndBegun(long before)
    {
        while (_begun.OldestId < before) End(Open(_begun.TakeOldest(), default));
    }

    private Flow Open(in HalfOpenConnection begun, in TcpSegment next)
    {
        bool isClient = begun.IsClientFirst(next);
        Flow flow = Open(begun.Id, begun.First, isClient, begun.OwnersFor(isClient));
        Take(flow, begun.First, flow.SenderOf(begun.First), begun.FirstPacket);
        if (begun.AnswerPacket > 0) Take(flow, begun.Answer, flow.SenderOf(begun.Answer), begun.AnswerPacket);
        return flow;
    }

    private Flow Open(long id, in TcpSegment segment, bool isClient, Func<Side, SideProcess?>? owners)
    {
        var connection = new Connection(
            id,
            isClient ? segment.Source : segment.Destination,
            isClient ? segment.Destination : segment.Source,
            segment.Timestamp,
            _options)
        {
            Owners = owners,
            BeginsMidway = (segment.Flags & TcpFlags.Syn) == 0,
            State = (segment.Flags & TcpFlags.Syn) == 0 ? ConnectionState.Partial
                : (segment.Flags & TcpFlags.Ack) == 0 ? ConnectionState.Unanswered
                : ConnectionState.Open,
        };
        var flow = new Flow(new TrackedConnection(connection, _contexts[id % _contexts.Length]), segment);
        _steps.Open(flow);
        if (_earlyErrors.IsEmpty) return flow;
        foreach ((long packet, QuotedSegment error) in _earlyErrors.TakeOf(flow, segment.Timestamp)) _steps.Tell(flow, packet, error);
        return flow;
    }

    private void LetGo(RecencyList list)
    {
        Flow oldest = list.Oldest!;
        if (list != _over) Totals.EvictedConnections++;
        _flows.Remove(oldest.Key);
        End(oldest);
    }

    private RecencyList ListOf(Flow flow) => flow.IsOver ? _over : flow.IsHalfOpen ? _halfOpen : _open;

    private void End(Flow flow)
    {
        flow.List?.Remove(flow);
        _recent.Forget(flow);
        _steps.End(flow);
    }
}
