using System.Buffers;
using System.Runtime.InteropServices;
using Trama.Packets;

namespace Trama.Cli.Commands.Relaying;

/// <summary>
/// What a relay does, on its way from the threads that move the bytes to the one that records. Nothing is lost: when
/// the recorder is <see cref="MostBytes"/> behind, those who add wait, and the relay becomes as slow as its record.
/// </summary>
internal sealed class RelayJournal(TimeProvider time)
{
    private const int MostBytes = 4 << 20;
    private const int MostEvents = 1 << 16;

    private readonly object _gate = new();
    private (List<RelayEvent> Events, ArrayBufferWriter<byte> Bytes) _pending = ([], new());
    private (List<RelayEvent> Events, ArrayBufferWriter<byte> Bytes) _taken = ([], new());
    private TaskCompletionSource? _room;
    private Timestamp _lastAt;
    private bool _isComplete;

    /// <summary>Adds what happened now, with its bytes. The task completes when there is room for more.</summary>
    public ValueTask AddAsync(in RelayEvent what, ReadOnlySpan<byte> bytes = default)
    {
        lock (_gate)
        {
            if (_isComplete) return ValueTask.CompletedTask;
            if (_pending.Events.Count == 0) Monitor.Pulse(_gate);
            _pending.Events.Add(what with { At = Now(), Length = bytes.Length });
            _pending.Bytes.Write(bytes);
            if (_pending.Bytes.WrittenCount < MostBytes && _pending.Events.Count < MostEvents) return ValueTask.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task);
        }
    }

    /// <summary>
    /// Takes all that was added since the last call, waiting for <paramref name="patience"/> when that is nothing. What it gives is valid
    /// until the next call.
    /// </summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="bytes">Its bytes, one event's after another's.</param>
    /// <param name="now">The time: nothing that is added later will be from before it.</param>
    /// <returns>False when the journal is complete and everything was taken.</returns>
    public bool TryTake(TimeSpan patience, out ReadOnlySpan<RelayEvent> events, out ReadOnlySpan<byte> bytes, out Timestamp now)
    {
        lock (_gate)
        {
            if (_pending.Events.Count == 0 && !_isComplete) Monitor.Wait(_gate, patience);
            _taken.Events.Clear();
            _taken.Bytes.ResetWrittenCount();
            (_pending, _taken) = (_taken, _pending);
            _room?.SetResult();
            _room = null;
            events = CollectionsMarshal.AsSpan(_taken.Events);
            bytes = _taken.Bytes.WrittenSpan;
            now = Now();
            return events.Length > 0 || !_isComplete;
        }
    }

    /// <summary>Takes no more, and keeps nobody waiting.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _room?.SetResult();
            _room = null;
            Monitor.Pulse(_gate);
        }
    }

    // It does not go backwards when somebody sets the clock.
    private Timestamp Now()
    {
        var now = new Timestamp((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        return _lastAt = now > _lastAt ? now : _lastAt;
    }
}
