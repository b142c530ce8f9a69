using System.Collections.Concurrent;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Trama.Cli.Reporting;
using Trama.Fleet.Asking;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
using Trama.Hub.Broker;
using Trama.Reports;

namespace Trama.Hub.Owning;

/// <summary>A hub: holds partitions by leases, as many as its share of them among the hubs there are, and writes each into the
/// store.</summary>
/// <param name="arguments">The broker, the store and the hub's name.</param>
/// <param name="language">The language of what it says.</param>
internal sealed class HubProgram(HubArguments arguments, Language language)
{
    private const string Kept = "digests", Questions = "questions";
    private const long StreamBytes = 4L << 30;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2), s_pause = TimeSpan.FromSeconds(3), s_again = TimeSpan.FromSeconds(1),
        s_clear = TimeSpan.FromMinutes(1);

    private readonly Counts _counts = new();
    private readonly Dictionary<int, Holding> _held = [];
    private readonly ConcurrentDictionary<string, bool> _twins = [];
    private readonly Troubles _troubles = new(Say);
    private readonly AskedPairs _asked = new(arguments.Store);
    private string _told = "";
    private long _clearedMs;

    /// <summary>Runs until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        string root = arguments.Store;
        Directory.CreateDirectory(root);
        await using var connection = new NatsConnection(arguments.Broker!.ToOptions("trama hub " + arguments.Name, Subjects.HubInbox));
        var away = new BrokerAway(connection, arguments.Broker, language) { Told = Tell };
        var context = new NatsJSContext(connection);
        var judge = new Judge(connection, _counts, new KeptDigests(root), language) { Told = text => _troubles.Tell(Kept, text) };
        var inquiry = new Inquiry(connection, new AskedRows(root)) { Told = text => _troubles.Tell(Questions, text) };
        Task judging = Task.Run(() => judge.Run(stop), CancellationToken.None);
        Task watching = Task.Run(() => away.Watch(stop), CancellationToken.None);
        LeaseBook? book = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (book is null)
                {
                    await MakeStreams(context, stop);
                    book = await LeaseBook.Open(context, arguments.Name, arguments.Replicas, stop);
                    Say(language.Pick($"ready: the store is {root}", $"pronto: o armazém é {root}"));
                }

                await Turn(context, book, judge, stop);
                Look(judge);
                Look(inquiry, stop);
                _told = "";
                await Task.Delay(s_turn, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is NatsException or OperationCanceledException)
            {
                // The broker is away, or lost its disk and with it the bucket.
                book = null;
                Tell(error.Message);
                await Task.WhenAny(Task.Delay(s_again, stop));
            }
        }

        if (book is not null) await Leave(book);
        await Task.WhenAny(judging);
        await watching;
        Conclude();
    }

    // All at once: each is made by an election of its own, which may take seconds.
    private Task<INatsJSStream[]> MakeStreams(NatsJSContext context, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, FleetMessage.Partitions)
            .Select(partition => context.CreateOrUpdateStreamAsync(StreamOf(partition), stop).AsTask()));

    private StreamConfig StreamOf(int partition) => new(Subjects.Stream(partition), [Subjects.OfPartition(partition)])
    {
        // What is acknowledged is in a store; what does not fit stays in the sensors' spools.
        Retention = StreamConfigRetention.Workqueue,
        Discard = StreamConfigDiscard.New,
        Storage = StreamConfigStorage.File,
        MaxBytes = StreamBytes,
        MaxMsgSize = FleetMessage.MaxBytes,
        NumReplicas = arguments.Replicas,
    };

    private async Task Turn(NatsJSContext context, LeaseBook book, Judge judge, CancellationToken stop)
    {
        foreach (Holding held in _held.Values.Where(held => held.Running.IsCompleted).ToArray())
        {
            _held.Remove(held.Partition);
            if (held.Running.Exception?.InnerException is { } error and not OperationCanceledException)
                _troubles.Tell(NameOf(held), error is StoreException store ? StoreErrors.Describe(store, language).Message
                    : error.Message);
            await book.Release(held.Partition, held.Revision, stop);
            held.Dispose();
        }

        foreach (Holding held in _held.Values)
        {
            if (held.Owner.HasStored) _troubles.Well(NameOf(held));
            long asked = Environment.TickCount64;
            if (await book.Renew(held.Partition, held.Revision, stop) is not { } revision)
            {
                held.Stop();
                continue;
            }

            (held.Revision, held.RenewedMs) = (revision, asked);
        }

        int hubs = await book.CountHubs(stop), share = (FleetMessage.Partitions + hubs - 1) / hubs;
        foreach (Holding held in _held.Values.Where(held => !held.IsStopping).Skip(share).ToArray()) held.Stop();
        for (int partition = 0; partition < FleetMessage.Partitions && _held.Count < share; partition++)
        {
            long asked = Environment.TickCount64;
            if (_held.ContainsKey(partition) || await book.TryTake(partition, stop) is not { } taken) continue;
            Holding held = null!;
            var owner = new Owner(context, arguments.Store, partition, taken.Lease, arguments.Limits, () => held.IsHeld)
            {
                Troubled = (pair, owner) => judge.Add(pair, owner, () => { }),
                Twins = TellTwins,
                Counts = _counts,
            };
            _held[partition] = held = new Holding(partition, taken.Revision, asked) { Owner = owner };
            held.Running = Task.Run(() => owner.Run(held.Stopped(stop)), CancellationToken.None);
        }
    }

    // What somebody who looks at the store wants joined, and what has been kept of that for long enough.
    private void Look(Judge judge)
    {
        try
        {
            if (_held.Values.FirstOrDefault(held => held.IsHeld)?.Owner is { } owner)
                foreach (Pair pair in _asked.Take()) judge.Add(pair, owner, () => _asked.Done(pair));
            if (Environment.TickCount64 - _clearedMs < s_clear.TotalMilliseconds) return;
            _clearedMs = Environment.TickCount64;
            new KeptDigests(arguments.Store).Clear(DateTimeOffset.UtcNow - arguments.Limits.Age,
                arguments.Limits.Bytes / FleetMessage.Partitions);
            _troubles.Well(Kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _troubles.Tell(Kept, error.Message);
        }
    }

    // A question about rows needs no partition.
    private void Look(Inquiry inquiry, CancellationToken stop)
    {
        try
        {
            inquiry.Look(stop);
            _troubles.Well(Questions);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _troubles.Tell(Questions, error.Message);
        }
    }

    private static string NameOf(Holding held) => Subjects.Stream(held.Partition);

    private async Task Leave(LeaseBook book)
    {
        using var end = new CancellationTokenSource(s_pause);
        try
        {
            await Task.WhenAny(Task.WhenAll(_held.Values.Select(held => held.Running)), Task.Delay(s_pause));
            foreach (Holding held in _held.Values.Where(held => held.Running.IsCompleted))
                await book.Release(held.Partition, held.Revision, end.Token);
        }
        catch (Exception error) when (error is NatsException or OperationCanceledException)
        {
            // Others wait until the leases are over.
        }
    }

    private void Conclude()
    {
        var all = _counts.All;
        Say(language.Pick($"{all.Rows} rows stored in {all.Messages} messages, {all.Repeated} repeated, {all.Rejected} rejected; "
            + $"{all.Pairs} pairs, {all.Verdicts} judged, {all.Unanswered} not",
            $"{all.Rows} linhas guardadas em {all.Messages} mensagens, {all.Repeated} repetidas, {all.Rejected} rejeitadas; "
            + $"{all.Pairs} pares, {all.Verdicts} julgados, {all.Unanswered} não"));
    }

    private void Tell(string text)
    {
        if (Interlocked.Exchange(ref _told, text) != text && text.Length > 0) Say(text);
    }

    // Ends of one name are never joined: they would be a connection's end with itself.
    private void TellTwins(string sensor)
    {
        if (!_twins.TryAdd(sensor, true)) return;
        Say(language.Pick($"two sensors have the name {sensor}: give one of them another with --sensor, or nothing joins them",
            $"dois sensores têm o nome {sensor}: dê outro a um deles com --sensor, ou nada os junta"));
    }

    private static void Say(string text) => Console.Error.WriteLine($"trama-hub: {Framing.VisibleText.Checked(text)}");
}
