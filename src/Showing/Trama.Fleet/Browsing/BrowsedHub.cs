using System.Diagnostics;
using Trama.Captures;
using Trama.Fleet.Holding;
using Trama.Fleet.Joining;
using Trama.Fleet.Storing;
using Trama.Reports.Browsing.Answers;
using Trama.Rows.Sql;

namespace Trama.Fleet.Browsing;

/// <summary>A hub's store that is looked at while hubs write it: read anew when something came, and only while somebody looks.</summary>
/// <param name="store">The store's folder.</param>
/// <param name="last">Of how long it tells.</param>
public sealed class BrowsedHub(string store, TimeSpan last)
{
    // Reading takes a small part of the time.
    private const int RestShare = 5, MostJoined = 8;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1), s_seen = TimeSpan.FromSeconds(30), s_old = TimeSpan.FromMinutes(1);

    private readonly Lock _joining = new();
    private readonly LinkedList<(string Pair, DateTime WrittenAt, BrowsingAnswers Answers)> _joined = [];
    private FleetPicture _picture = new();
    private long _version, _print, _readMs, _askedMs;
    private string _failure = "";

    /// <summary>The store's folder.</summary>
    public string Store => store;

    /// <summary>The pairs that were asked for.</summary>
    internal AskedPairs Asked { get; } = new(store);

    /// <summary>What sensors answered.</summary>
    internal KeptDigests Digests { get; } = new(store);

    /// <summary>Why the store cannot be read just now; empty when it can.</summary>
    internal string Failure => Volatile.Read(ref _failure);

    /// <summary>Rises with each <see cref="Picture"/>.</summary>
    internal long Version
    {
        get
        {
            Volatile.Write(ref _askedMs, Environment.TickCount64);
            return Interlocked.Read(ref _version);
        }
    }

    /// <summary>What it is at the moment.</summary>
    internal FleetPicture Picture => Volatile.Read(ref _picture);

    /// <summary>Reads it for the first time.</summary>
    /// <exception cref="StoreException">It is no store of a hub, or cannot be read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="SqlException">DuckDB cannot read its tables.</exception>
    public void Open()
    {
        if (!HeldReading.IsStore(store)) throw new StoreException(StoreFault.NoHub, store);
        Read(HeldReading.Fingerprint(store));
    }

    /// <summary>Follows it until it is stopped.</summary>
    public void Follow(CancellationToken stop)
    {
        TimeSpan rest = s_turn;
        while (!stop.WaitHandle.WaitOne(rest))
        {
            rest = s_turn;
            if (Environment.TickCount64 - Volatile.Read(ref _askedMs) > s_seen.TotalMilliseconds) continue;
            var taken = Stopwatch.StartNew();
            try
            {
                long print = HeldReading.Fingerprint(store);
                // Time goes on, too, and takes the oldest away.
                if (print == _print && Environment.TickCount64 - _readMs < s_old.TotalMilliseconds) continue;
                Read(print);
                Volatile.Write(ref _failure, "");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException or SqlException)
            {
                // What was read before stays.
                if (Interlocked.Exchange(ref _failure, error.Message) != error.Message) Interlocked.Increment(ref _version);
            }

            if (taken.Elapsed * RestShare is var longer && longer > rest) rest = longer;
        }
    }

    /// <summary>What both sensors of a pair told, joined; null when the hub has it not.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal BrowsingAnswers? Joined(string name)
    {
        if (Picture.Pair(name) is not { } pair || !Digests.Has(name)) return null;
        lock (_joining)
        {
            DateTime writtenAt = Digests.WrittenAt(name);
            var known = _joined.FirstOrDefault(one => one.Pair == name);
            if (known.Answers is not null)
            {
                _joined.Remove(known);
                if (known.WrittenAt == writtenAt)
                {
                    _joined.AddFirst(known);
                    return known.Answers;
                }
            }

            if (Digests.Read(name) is not var (one, other)) return null;
            try
            {
                BrowsingAnswers answers = BrowsedPair.Join(one, other, [pair.Pair.One.Sensor, pair.Pair.Other.Sensor]);
                _joined.AddFirst((name, writtenAt, answers));
                if (_joined.Count > MostJoined) _joined.RemoveLast();
                return answers;
            }
            catch (CaptureException)
            {
                // What a sensor sent is no capture.
                return null;
            }
        }
    }

    private void Read(long print)
    {
        long since = (DateTimeOffset.UtcNow - last - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        Volatile.Write(ref _picture, FleetPicture.Read(store, since));
        (_print, _readMs) = (print, Environment.TickCount64);
        Interlocked.Increment(ref _version);
    }
}
