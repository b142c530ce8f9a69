using Trama.Framing;
using Trama.Peers.Serving.Conducts;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;

namespace Trama.Replay.Serving;

/// <summary>A live connection of a replayed server.</summary>
internal sealed class ServedConversation(
    ClientLine line, Script script, Repertoire repertoire, Dialect dialect, ReplayServerOptions options, RelayedEnds ends,
    TimeProvider time) : IDisposable
{
    // By turns, who says nothing for so long has said all.
    private static readonly TimeSpan TurnSilence = TimeSpan.FromMilliseconds(40);

    private readonly Outbox _outbox = new(line, dialect, time);
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(line.Gone);
    private readonly UnknownRequests _unknown = new(line, script, repertoire, dialect, options, ends, time);
    private ScriptedRequest? _last;
    private long _lastDueAt;

    /// <summary>What was read already.</summary>
    public ReadOnlyMemory<byte> First { get; init; }

    /// <summary>Talks until one side ends.</summary>
    public async Task<LineEnd> RunAsync()
    {
        Open();
        Task<LineEnd?> saying = SayAsync();
        try
        {
            LineEnd heard = await HearAsync(saying);
            if (heard == LineEnd.TooLarge || line.IsAskedToEnd) return heard;
            // Null: the client has closed, and has heard all.
            return await saying ?? heard;
        }
        finally
        {
            await _over.CancelAsync();
            await ((Task)saying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _unknown.Dispose();
        _outbox.Dispose();
        lock (dialect) dialect.Adaptations.Dispose();
        _over.Dispose();
    }

    private void Open()
    {
        long now = time.GetTimestamp();
        AddOwed();
        foreach (Consequence greeting in script.Greeting) Say(greeting, null, DueAt(greeting, now));
        if (script.End != RecordedEnd.Silence) _outbox.EndAt((now + Ticks(script.EndDelayNs, Pace.Recorded), How(script.End)));
    }

    private async Task<LineEnd?> SayAsync()
    {
        try
        {
            return await _outbox.RunAsync(_over.Token);
        }
        finally
        {
            // Whoever listens is to stop, too.
            line.StopReading();
        }
    }

    private async Task<LineEnd> HearAsync(Task saying)
    {
        if (!First.IsEmpty) await TakeAsync(First);
        while (true)
        {
            if (!_outbox.HasRoom) await Task.WhenAny(_outbox.WhenRoomAsync(_over.Token), saying);
            Task<ReadOnlyMemory<byte>> reading = line.ReadAsync().AsTask();
            if (dialect.IsByTurns && await Task.WhenAny(reading, Task.Delay(TurnSilence, time)) != reading)
            {
                lock (dialect) dialect.FallSilent();
                await AnswerAsync();
            }

            ReadOnlyMemory<byte> bytes = await reading;
            if (saying.IsCompleted || line.IsAskedToEnd) return LineEnd.Close;
            if (bytes.IsEmpty) return await EndAsync();
            await TakeAsync(bytes);
            if (dialect.HeldBytes > options.MessageLimit) return LineEnd.TooLarge;
            line.Keeps(dialect.HeldBytes);
        }
    }

    private async ValueTask<LineEnd> EndAsync()
    {
        bool isCut = dialect.HeldBytes > 0;
        lock (dialect) dialect.HearEnd();
        await AnswerAsync();
        _outbox.Complete();
        return isCut ? LineEnd.Cut : LineEnd.ClientClosed;
    }

    private ValueTask TakeAsync(ReadOnlyMemory<byte> bytes)
    {
        lock (dialect) dialect.Hear(bytes.Span);
        AddOwed();
        return AnswerAsync();
    }

    private void AddOwed()
    {
        bool isOwing;
        lock (dialect) isOwing = dialect.IsOwing;
        if (isOwing) _outbox.Add(time.GetTimestamp(), dialect.TakeOwed);
    }

    private async ValueTask AnswerAsync()
    {
        while (Next() is { } asked)
        {
            line.Heard(asked.Bytes.Span);
            Adaptation adaptation = dialect.Adaptations.Of(asked.Protocol);
            if (adaptation.OwnReply(asked) is { } own)
            {
                adaptation.Follow(asked.Operation.Span, null);
                _outbox.Add(asked.HeardAt, () => Own(own));
                continue;
            }

            ScriptedRequest? known = repertoire.Find(asked, adaptation, _last, script);
            bool isAnswered = known is null && await _unknown.TryAnswerAsync(asked, _outbox);
            if (known is null && !isAnswered) known = _unknown.Nearest(asked, adaptation);
            if (known is null && !isAnswered) _unknown.Refuse(asked, _outbox);
            adaptation.Follow(asked.Operation.Span, known is not null ? known.Reply : isAnswered ? null : UnknownRequests.Refused);
            if (known is not null) Answer(known, asked, adaptation.IsKeyed);
        }
    }

    private LiveMessage? Next()
    {
        lock (dialect) return dialect.Heard.TryDequeue(out LiveMessage? asked) ? asked : null;
    }

    private void Answer(ScriptedRequest known, LiveMessage asked, bool isKeyed)
    {
        _last = known;
        // Whoever asks again in time keeps what would have been ended.
        _outbox.EndAt(null);
        RecordedExchange? carrying = known.Carrying;
        foreach (Consequence consequence in known.Consequences)
        {
            // What is carried beside the connection is so before the reply says that it was.
            if (carrying is not null && (consequence.Message.Traits & MessageTraits.Interim) == 0) Carry(ref carrying, asked);
            long due = DueAt(consequence, asked.HeardAt);
            // Without keys, replies keep the order of requests.
            if (!isKeyed && consequence.AskedThen is not null) due = _lastDueAt = Math.Max(_lastDueAt, due);
            Say(consequence, asked, due);
        }

        if (carrying is not null) Carry(ref carrying, asked);
        if (known.End == RecordedEnd.Silence) return;
        _outbox.EndAt((Math.Max(_lastDueAt, asked.HeardAt + Ticks(known.EndDelayNs, EndPace(known))), How(known.End)));
    }

    private void Carry(ref RecordedExchange? carrying, LiveMessage asked)
    {
        RecordedExchange exchange = carrying!;
        carrying = null;
        _outbox.Add(Math.Max(_lastDueAt, asked.HeardAt), stop =>
        {
            lock (dialect) return dialect.CarryAsync(exchange, null, ready: Task.CompletedTask, stop);
        });
    }

    // Who closes or resets at once does so at any pace; what was idle for long stays so, since others may come in the meantime.
    private Pace EndPace(ScriptedRequest known) => known.EndDelayNs > 1_000_000_000 ? Pace.Recorded : options.Pace;

    private void Say(Consequence consequence, LiveMessage? asked, long dueAt)
    {
        LiveMessage? of = consequence.AskedThen is null ? null : asked;
        _outbox.Add(dueAt, () => dialect.Say(consequence.Message, consequence.AskedThen, of));
    }

    private ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> bytes)
    {
        dialect.SayOwn(bytes.Span);
        return bytes;
    }

    private long DueAt(in Consequence consequence, long from) => from + Ticks(consequence.DelayNs, options.Pace);

    private long Ticks(long nanoseconds, Pace pace) => (long)(pace.Of(nanoseconds).TotalSeconds * time.TimestampFrequency);

    private static LineEnd How(RecordedEnd end) => end == RecordedEnd.Reset ? LineEnd.Reset : LineEnd.Close;
}
