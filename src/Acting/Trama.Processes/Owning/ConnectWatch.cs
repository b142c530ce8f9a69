using System.Net;
using System.Text;
using Trama.Processes.Facts;
using Trama.Processes.Native;

namespace Trama.Processes.Owning;

/// <summary>
/// Hears from the kernel which process connects and which closes, at the moment it does (a trace point, by perf_event_open(2)): also of
/// those that are gone when somebody looks. Opening needs root, hearing does not; nothing is left behind in the system.
/// </summary>
public sealed class ConnectWatch : IDisposable
{
    private const int MaxPending = 1 << 14;
    private const int WaitMs = 100;

    // Each wake-up and each look at a process costs: while they are too dear, what comes within such a time is heard together.
    private const double ShareOfProcessor = 0.02;
    private const int SavingMs = 6;

    private static readonly TimeSpan s_reserve = TimeSpan.FromMilliseconds(20);

    // What one processor writes is seen by another one after so long at the latest.
    private const long Settled = 200_000;
    private const long NanosecondsPerTick = 10_000_000;

    private readonly PerfRing[] _rings;
    private readonly Dictionary<ulong, (ProcessFacts Process, IPEndPoint Peer, long At)> _connecting = [];
    private readonly PriorityQueue<(ProcessFacts? Process, StateChange Change, ProcessNaming? Naming), long> _changes = new();
    private readonly ProcessNames _names = new();
    private readonly ProcessTable _processes = new();
    private readonly LookBudget _budget = new(ShareOfProcessor, s_reserve);
    private readonly long _toRealtime = MonotonicClock.ToRealtime, _toSinceBoot = MonotonicClock.ToSinceBoot;

    // Of this drain: a process that connects a hundred times in it is looked at once.
    private readonly Dictionary<int, ProcessFacts?> _seen = [];
    private Thread? _thread;
    private volatile bool _isOver;
    private bool _isCut;

    private ConnectWatch(PerfRing[] rings) => _rings = rings;

    /// <summary>Begins; null when this system, or what the caller may do, does not allow it.</summary>
    public static ConnectWatch? Open()
    {
        if (!OperatingSystem.IsLinux() || TracePoint.Id(StateChange.TracePoint) is not { } id) return null;
        if (TracePoint.Read(StateChange.TracePoint + "/format") is not { } format || !StateChange.IsKnown(format)) return null;
        var rings = new List<PerfRing>();
        for (int processor = 0; processor < Environment.ProcessorCount; processor++)
            if (PerfRing.Open(id, processor, StateChange.Filter) is { } ring) rings.Add(ring);
        return rings.Count == 0 ? null : new ConnectWatch([.. rings]);
    }

    /// <summary>Tells, on a thread of its own, of each process that connected or closed.</summary>
    internal void Start(Action<HeardProcess> heard)
    {
        _processes.Of(Environment.ProcessId);
        _thread = new Thread(() => Work(heard)) { Name = "connects", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _thread?.Join();
        foreach (PerfRing ring in _rings) ring.Dispose();
    }

    private void Work(Action<HeardProcess> heard)
    {
        Span<Libc.PollRequest> requests = new Libc.PollRequest[_rings.Length];
        for (int i = 0; i < _rings.Length; i++)
            requests[i] = new Libc.PollRequest { Descriptor = _rings[i].Descriptor, Events = Libc.PollRequest.Readable };
        TimeSpan spent = ThreadClock.Now;
        while (!_isOver)
        {
            // What waits to be settled is looked at again soon.
            _ = Libc.Poll(requests, (nuint)requests.Length, _changes.Count > 0 ? 1 : WaitMs);
            long settled = MonotonicClock.Now - Settled;
            bool isWhole = true;
            _isCut = false;
            _seen.Clear();
            foreach (PerfRing ring in _rings) isWhole &= ring.Drain(Note, NoteName);
            // A socket's place is used again: without what was lost, its next process would be taken for the one before.
            if (!isWhole || _isCut)
            {
                _connecting.Clear();
                _names.Forget();
            }

            while (_changes.TryPeek(out _, out long at) && at <= settled)
            {
                (ProcessFacts? process, StateChange change, ProcessNaming? naming) = _changes.Dequeue();
                if (naming is { } named) _names.Take(named);
                else Take(process is { Name: "" } ? process with { Name = _names.Of(process.Id) } : process, change, at, heard);
            }

            (TimeSpan before, spent) = (spent, ThreadClock.Now);
            _budget.Spend(spent - before);
            if (!_budget.Allows) Thread.Sleep(SavingMs);
        }
    }

    private void Note(int process, long at, ReadOnlySpan<byte> raw)
    {
        // Its process is looked at now, since it may be gone soon.
        if (StateChange.TryRead(raw, out StateChange change))
            Await(change.IsInProcess && process > 0 ? Facts(process, at) : null, change, null, at);
    }

    private void NoteName(int process, int parent, long at, ReadOnlySpan<byte> name) =>
        Await(null, default, new ProcessNaming(process, parent, Text(name)), at);

    private void Await(ProcessFacts? process, in StateChange change, ProcessNaming? naming, long at)
    {
        _isCut |= _changes.Count >= MaxPending;
        if (_changes.Count < MaxPending) _changes.Enqueue((process, change, naming), at);
    }

    private static string? Text(ReadOnlySpan<byte> name) => name.IsEmpty ? null : Encoding.UTF8.GetString(name);

    private void Take(ProcessFacts? process, in StateChange change, long at, Action<HeardProcess> heard)
    {
        if (change.After == StateChange.SynSent)
        {
            if (_connecting.Count == MaxPending) _connecting.Clear();
            if (process is not null) _connecting[change.Socket] = (process, change.Peer, at);
            else _connecting.Remove(change.Socket);
        }
        else if (change.Before == StateChange.SynSent)
        {
            if (_connecting.Remove(change.Socket, out (ProcessFacts Process, IPEndPoint Peer, long At) made)
                && made.Peer.Equals(change.Peer))
                heard(new HeardProcess(change.Local, change.Peer, made.Process, true, made.At + _toRealtime, at + _toRealtime));
        }
        else if (process is { CommandLine: not null })
        {
            // The threads of the kernel have no command line; what they close for others is not theirs.
            heard(new HeardProcess(change.Local, change.Peer, process, false, at + _toRealtime, at + _toRealtime));
        }
    }

    // What is gone by now, or was replaced since, has its number, and no more is known of it.
    private ProcessFacts Facts(int process, long at) =>
        Seen(process) is { } facts && (long)facts.StartedTicks * NanosecondsPerTick <= at + _toSinceBoot
            ? facts : new ProcessFacts { Id = process, Name = "" };

    private ProcessFacts? Seen(int process)
    {
        if (!_seen.TryGetValue(process, out ProcessFacts? facts)) _seen[process] = facts = _processes.Of(process);
        return facts;
    }
}
