using System.Net.Sockets;
using Trama.Lab.Programs;
using Trama.Namespaces;

namespace Trama.Lab.Reenacting;

/// <summary>Plays one program of a scene on its connection: a thread that reads, and this one that acts.</summary>
internal sealed class ScenePlayer(Talk talk, SceneSide side, long lengthNs, Func<Action, Thread> start)
{
    private const int ReadSize = 65536;
    private const long PauseNs = 1_000_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();
    private readonly List<(long Bytes, long At)> _arrived = [];
    private readonly long _begun = Clock.Now;
    private Thread? _reader;
    private volatile bool _stops;
    private bool _isOver;

    /// <summary>Plays to the end of the steps, then waits until the scene is over.</summary>
    public void Play()
    {
        talk.Socket.NoDelay = side.NoDelay;
        if (side.KeepAlive is { } ask) talk.Socket.KeepAlive(ask.Idle, ask.Interval, ask.Count);
        _reader = start(Read);
        long last = _begun;
        try
        {
            foreach (SceneStep step in side.Steps)
            {
                last = Math.Max(last, Await(step.Needs)) + step.AfterNs;
                WaitUntil(last);
                Act(step);
            }
        }
        finally
        {
            // What the hosts still say to each other belongs to it.
            WaitUntil(_begun + lengthNs);
        }
    }

    private void Act(SceneStep step)
    {
        switch (step.Act)
        {
            case SceneAct.Write: talk.Write(step.Bytes.ToArray()); break;
            case SceneAct.EndStream: talk.EndStream(); break;
            case SceneAct.Close:
                StopReading();
                talk.Close();
                break;
            default:
                StopReading();
                talk.Abort();
                break;
        }
    }

    // A socket that is closed while somebody reads of it is reset.
    private void StopReading()
    {
        _stops = true;
        _reader!.Join();
    }

    private void Read()
    {
        int pause = 0;
        long total = 0;
        try
        {
            while (!_stops)
            {
                long most = ReadSize;
                if (pause < side.Pauses.Count)
                {
                    most = Math.Min(most, side.Pauses[pause].Bytes - total);
                    if (most <= 0)
                    {
                        long until = _begun + side.Pauses[pause++].UntilNs;
                        while (!_stops && Clock.Now < until) WaitUntil(Math.Min(until, Clock.Now + PauseNs));
                        continue;
                    }
                }

                if (!talk.Socket.Poll(LookEvery, SelectMode.SelectRead)) continue;
                int read = talk.ReadSome((int)most);
                if (read == 0)
                {
                    // The end counts as one more.
                    Tell(() => _arrived.Add((total + 1, Clock.Now)));
                    return;
                }

                total += read;
                Tell(() => _arrived.Add((total, Clock.Now)));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The acting thread meets it too, or has closed.
        }
        finally
        {
            Tell(() => _isOver = true);
        }
    }

    // When so many bytes were there; now, when they will not come any more.
    private long Await(long bytes)
    {
        if (bytes <= 0) return 0;
        lock (_lock)
        {
            while (true)
            {
                int index = _arrived.FindIndex(read => read.Bytes >= bytes);
                if (index >= 0) return _arrived[index].At;
                long left = _begun + lengthNs - Clock.Now;
                if (_isOver || left <= 0) return Clock.Now;
                Monitor.Wait(_lock, TimeSpan.FromTicks(left / TimeSpan.NanosecondsPerTick + 1));
            }
        }
    }

    private void Tell(Action note)
    {
        lock (_lock)
        {
            note();
            Monitor.PulseAll(_lock);
        }
    }

    private static void WaitUntil(long due)
    {
        while (due - Clock.Now is var left and > 0) Thread.Sleep(TimeSpan.FromTicks(left / TimeSpan.NanosecondsPerTick + 1));
    }
}
