using System.Collections.Concurrent;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Trama.Fleet.Holding;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Sensing;
using Trama.Fleet.Storing;
using Trama.Fleet.Tickets;
using Trama.Hub.Broker;
using Trama.Rows.Journals;

namespace Trama.Hub.Owning;

/// <summary>
/// Writes one partition while this hub holds its lease: what comes goes into the store, onto its disk, is acknowledged, and is told to the
/// sensor, in this order.
/// </summary>
/// <param name="context">The broker.</param>
/// <param name="root">The store's folder.</param>
/// <param name="partition">The partition.</param>
/// <param name="lease">The lease.</param>
/// <param name="limits">How much the store keeps.</param>
/// <param name="isHeld">Whether it is held still.</param>
internal sealed class Owner(NatsJSContext context, string root, int partition, Lease lease, StoreLimits limits, Func<bool> isHeld)
{
    private const string Consumer = "hub";
    private const int MostAtOnce = 200;
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1), s_ackWait = TimeSpan.FromSeconds(30), s_finish =
        TimeSpan.FromSeconds(30), s_again = TimeSpan.FromSeconds(2);

    private readonly TicketIndex _index = new();
    private readonly HashSet<(string, long, long, string, long, long)> _pairs = [], _early = [];
    private readonly Dictionary<string, (long Latest, long Before)> _spools = [];
    private readonly ConcurrentQueue<byte[]> _verdicts = [];
    private long _made;

    /// <summary>Hears of each pair one of whose ends has a finding of severity warning or above.</summary>
    public required Action<Pair, Owner> Troubled { get; init; }

    /// <summary>Hears of a name that two sensors have: their spools take turns.</summary>
    public required Action<string> Twins { get; init; }

    /// <summary>Counts what was stored, repeated, rejected and paired.</summary>
    public required Counts Counts { get; init; }

    /// <summary>Whether the disk has taken something of what came.</summary>
    public bool HasStored { get; private set; }

    private static long Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>A verdict of one of its pairs, as a body of <see cref="FleetTable.Verdicts"/>.</summary>
    public void Judged(byte[] body) => _verdicts.Enqueue(body);

    /// <summary>Runs until the lease is lost.</summary>
    public async Task Run(CancellationToken stop)
    {
        var tickets = new List<(TicketKind, Ticket)>();
        using PartitionStore store = PartitionStore.Take(root, partition, lease, limits,
            (held, message) => Recall(held, message, tickets), TimeProvider.System);
        foreach ((TicketKind by, Ticket ticket) in tickets) Join(by, ticket, store);
        store.Commit();
        INatsJSStream stream = await context.GetStreamAsync(Subjects.Stream(partition), cancellationToken: stop);
        long incarnation = (stream.Info.Created - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        INatsJSConsumer consumer = await stream.CreateOrUpdateConsumerAsync(new ConsumerConfig(Consumer)
        {
            DurableName = Consumer,
            AckPolicy = ConsumerConfigAckPolicy.Explicit,
            AckWait = s_ackWait,
            MaxAckPending = 10 * MostAtOnce,
        }, stop);
        // What was told before a hub was killed may not have arrived.
        await Tell(store, store.Ranges.All.Keys, stop);
        for (long finished = Environment.TickCount64; isHeld() && !stop.IsCancellationRequested;)
        {
            var batch = new List<INatsJSMsg<byte[]>>();
            await foreach (INatsJSMsg<byte[]> message in consumer.FetchAsync<byte[]>(
                new NatsJSFetchOpts { MaxMsgs = MostAtOnce, Expires = s_wait }, cancellationToken: stop)) batch.Add(message);
            if (!isHeld()) break;
            await Take(batch, store, incarnation, stop);
            if (Environment.TickCount64 - finished < s_finish.TotalMilliseconds) continue;
            store.Finish();
            finished = Environment.TickCount64;
        }
    }

    private async Task Take(List<INatsJSMsg<byte[]>> batch, PartitionStore store, long incarnation, CancellationToken stop)
    {
        var sensors = new HashSet<(string, long)>();
        var tickets = new List<(TicketKind, Ticket)>();
        try
        {
            foreach (INatsJSMsg<byte[]> message in batch) Take(message, store, incarnation, sensors, tickets);
            while (_verdicts.TryDequeue(out byte[]? verdict)) Add(FleetKind.Verdicts, verdict, store);
            store.Commit();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What the disk does not take comes again soon, and not when the broker takes it for lost.
            foreach (INatsJSMsg<byte[]> message in batch) await message.NakAsync(delay: s_again, cancellationToken: stop);
            throw;
        }

        HasStored |= batch.Count > 0;
        foreach (INatsJSMsg<byte[]> message in batch) await message.AckAsync(cancellationToken: stop);
        await Tell(store, sensors, stop);
        foreach ((TicketKind by, Ticket ticket) in tickets) Join(by, ticket, store);
        if (tickets.Count > 0) store.Commit();
    }

    private void Take(INatsJSMsg<byte[]> message, PartitionStore store, long incarnation, HashSet<(string, long)> sensors,
        List<(TicketKind, Ticket)> tickets)
    {
        byte[] content = message.Data ?? [];
        string? sensor = Subjects.SensorOf(message.Subject);
        var held = new HeldMessage(sensor ?? "", incarnation, message.Metadata?.Sequence.Stream ?? 0, Now, content);
        if (sensor is null || !FleetMessage.TryRead(content, out FleetMessage fleet) || fleet.Partition != partition)
        {
            store.Reject(held);
            Counts.Rejected();
            return;
        }

        sensors.Add((sensor, fleet.Incarnation));
        (long latest, long before) = _spools.GetValueOrDefault(sensor);
        if (fleet.Incarnation != latest) _spools[sensor] = (fleet.Incarnation, latest);
        if (fleet.Incarnation != latest && fleet.Incarnation == before) Twins(sensor);
        if (store.Ranges.Contains(sensor, fleet))
        {
            Counts.Repeated();
            return;
        }

        var found = new List<(TicketKind, Ticket)>();
        if (fleet.Kind > FleetKind.Gaps || fleet.Journal() is not { } journal || ReadRow.Each(journal, (table, row) =>
        {
            if (table.Kind == FleetKind.Tickets) found.Add((ByOf(row, sensor, out Ticket ticket), ticket));
        }) != JournalEnd.Whole)
        {
            // It counts as stored: its place is taken, and what came lies aside.
            store.Reject(held);
            Counts.Rejected();
            FleetMessage empty = fleet with { Rows = 0, Body = default };
            store.Add(held with { Content = empty.ToBytes() }, empty);
            return;
        }

        if (!store.Add(held, fleet))
        {
            Counts.Repeated();
            return;
        }

        Counts.Stored(fleet.Rows);
        tickets.AddRange(found);
    }

    private async Task Tell(PartitionStore store, IEnumerable<(string Sensor, long Incarnation)> sensors, CancellationToken stop)
    {
        foreach ((string sensor, long incarnation) in sensors.ToArray())
        {
            if (store.Ranges.Of(sensor, incarnation) is not { } all) continue;
            // The latest are those that the sensor waits for.
            var latest = new RangeSet();
            foreach ((long first, long last) in all.Ranges.TakeLast(CourierPipe.MostRanges)) latest.Add(first, last);
            byte[] told = [.. BitConverter.GetBytes(incarnation), (byte)partition,
                .. System.Text.Encoding.ASCII.GetBytes(latest.ToString())];
            await context.Connection.PublishAsync(Subjects.Stored(sensor), told, cancellationToken: stop);
        }
    }

    // What journals say of before: tickets are joined again, and pairs and verdicts that are there are not made twice.
    private void Recall(HeldMessage held, FleetMessage message, List<(TicketKind, Ticket)> tickets)
    {
        if (held.Sensor.Length == 0) _made = Math.Max(_made, message.Sequence);
        if (message.Kind is not (FleetKind.Tickets or FleetKind.Pairs or FleetKind.Verdicts)
            || message.Journal() is not { } journal) return;
        ReadRow.Each(journal, (table, row) =>
        {
            if (table.Kind == FleetKind.Tickets) tickets.Add((ByOf(row, held.Sensor, out Ticket ticket), ticket));
            else if (table.Kind == FleetKind.Pairs && row.Number("early") == 1) _early.Add(Pair.IdOf(row));
            else _pairs.Add(Pair.IdOf(row));
        });
    }

    private static TicketKind ByOf(ReadRow row, string sensor, out Ticket ticket)
    {
        ticket = Ticket.Read(row, sensor, out TicketKind by);
        return by;
    }

    private void Join(TicketKind by, Ticket ticket, PartitionStore store)
    {
        foreach (Pair pair in _index.Add(by, ticket))
        {
            // What is known while it is open is told once, and what is known when it ended, once more.
            if (_pairs.Contains(pair.Id) || !(pair.IsEarly ? _early : _pairs).Add(pair.Id)) continue;
            // Whose tickets are forgotten cannot be found a second time.
            if (_pairs.Count > 4 * TicketIndex.MostTickets) _pairs.Clear();
            if (_early.Count > 4 * TicketIndex.MostTickets) _early.Clear();
            if (pair.IsEarly || !_early.Remove(pair.Id)) Counts.Paired();
            Add(FleetKind.Pairs, Body(FleetTable.Pairs, table => pair.Write(Now, table)), store);
            if (!pair.IsEarly && pair.Severity >= (long)Diagnosis.Severity.Warning) Troubled(pair, this);
        }
    }

    private void Add(FleetKind kind, byte[] body, PartitionStore store)
    {
        var message = new FleetMessage(0, partition, ++_made, kind, 1, body);
        store.Add(new HeldMessage("", 0, 0, Now, message.ToBytes()), message);
    }

    /// <summary>A body of one row.</summary>
    internal static byte[] Body(FleetTable table, Action<JournalTable> write)
    {
        var rows = new MemoryStream();
        write(new JournalTable(0, row => rows.Write(row.Span)));
        return FleetMessage.BodyOf(table, rows.ToArray());
    }
}
