using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Trama.Fleet.Sending;
using Trama.Hub.Broker;
using Trama.Reports;

namespace Trama.Hub.Owning;

/// <summary>A hub: holds partitions by leases, as many as its share of them among the hubs there are, and writes each into the
/// store.</summary>
/// <param name="broker">The broker.</param>
/// <param name="root">The store's folder.</param>
/// <param name="name">The hub's name.</param>
/// <param name="replicas">On how many of the broker's servers each stream is.</param>
/// <param name="language">The language of what it says.</param>
internal sealed class HubProgram(BrokerOptions broker, string root, string name, int replicas, Language language)
{
    private const long StreamBytes = 4L << 30;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2), s_pause = TimeSpan.FromSeconds(3);

    private readonly Counts _counts = new();
    private readonly Dictionary<int, Holding> _held = [];
    private string _told = "";

    /// <summary>Runs until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        Directory.CreateDirectory(root);
        await using var connection = new NatsConnection(broker.ToOptions("trama hub " + name, Subjects.HubInbox));
        var context = new NatsJSContext(connection);
        var judge = new Judge(connection, _counts, language);
        Task judging = Task.Run(() => judge.Run(stop), CancellationToken.None);
        Task watching = Task.Run(() => TellWhileAway(connection, stop), CancellationToken.None);
        LeaseBook? book = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (book is null)
                {
                    await MakeStreams(context, stop);
                    book = await LeaseBook.Open(context, name, replicas, stop);
                    Say(language.Pick($"ready: the store is {root}", $"pronto: o armazém é {root}"));
                }

                await Turn(context, book, judge, stop);
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
                await Task.WhenAny(Task.Delay(s_pause, stop));
            }
        }

        if (book is not null) await Leave(book);
        await Task.WhenAny(judging);
        await watching;
        Conclude();
    }

    // The library tries to connect for ever, and says nothing meanwhile.
    private async Task TellWhileAway(NatsConnection connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(s_pause, stop));
            if (!stop.IsCancellationRequested && connection.ConnectionState != NatsConnectionState.Open)
                Tell(language.Pick($"no broker answers at {broker.Servers}; it is tried again and again",
                    $"nenhum broker responde em {broker.Servers}; tenta-se de novo e de novo"));
        }
    }

    private async Task MakeStreams(NatsJSContext context, CancellationToken stop)
    {
        for (int partition = 0; partition < FleetMessage.Partitions; partition++)
        {
            await context.CreateOrUpdateStreamAsync(new StreamConfig(Subjects.Stream(partition), [Subjects.OfPartition(partition)])
            {
                // What is acknowledged is in a store; what does not fit stays in the sensors' spools.
                Retention = StreamConfigRetention.Workqueue,
                Discard = StreamConfigDiscard.New,
                Storage = StreamConfigStorage.File,
                MaxBytes = StreamBytes,
                MaxMsgSize = FleetMessage.MaxBytes,
                NumReplicas = replicas,
            }, stop);
        }
    }

    private async Task Turn(NatsJSContext context, LeaseBook book, Judge judge, CancellationToken stop)
    {
        foreach (Holding held in _held.Values.Where(held => held.Running.IsCompleted).ToArray())
        {
            _held.Remove(held.Partition);
            if (held.Running.Exception?.InnerException is { } error and not OperationCanceledException) Tell(error.Message);
            await book.Release(held.Partition, held.Revision, stop);
            held.Dispose();
        }

        foreach (Holding held in _held.Values)
        {
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
            var held = new Holding(partition, taken.Revision, asked);
            _held[partition] = held;
            var owner = new Owner(context, root, partition, taken.Lease, () => held.IsHeld) { Troubled = judge.Add, Counts = _counts };
            held.Running = Task.Run(() => owner.Run(held.Stopped(stop)), CancellationToken.None);
        }
    }

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
        if (_told == text) return;
        _told = text;
        Say(text);
    }

    private static void Say(string text) => Console.Error.WriteLine($"trama-hub: {Framing.VisibleText.Checked(text)}");
}
