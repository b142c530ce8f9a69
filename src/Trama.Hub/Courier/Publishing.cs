using System.Collections.Concurrent;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Trama.Fleet.Sending;
using Trama.Hub.Broker;

namespace Trama.Hub.Courier;

/// <summary>
/// Publishes messages, each until the broker has it, and finds out which of them a broker lost before a store held them: those are
/// asked for again.
/// </summary>
/// <param name="context">The broker.</param>
/// <param name="sensor">The sensor's name.</param>
internal sealed class Publishing(NatsJSContext context, string sensor) : IDisposable
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10), s_longestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _slots = new(MostAtOnce);
    private readonly ConcurrentDictionary<(int Partition, long Sequence), (ulong At, long TakenMs)> _taken = [];
    private readonly DateTimeOffset[] _created = new DateTimeOffset[FleetMessage.Partitions];
    private int _failing;

    /// <summary>Hears why nothing can be published; empty when it can again.</summary>
    public required Action<string> Told { get; init; }

    /// <summary>Hears which messages are to be sent again.</summary>
    public required Action<long, int, RangeSet> Again { get; init; }

    /// <summary>Publishes a message; returns as soon as there is room for another.</summary>
    public async Task Publish(byte[] bytes, CancellationToken stop)
    {
        if (!FleetMessage.TryRead(bytes, out FleetMessage message)) return;
        await _slots.WaitAsync(stop);
        _ = Task.Run(async () =>
        {
            try
            {
                await UntilTaken(bytes, message, stop);
            }
            catch (OperationCanceledException)
            {
                // It is in the spool.
            }
            finally
            {
                _slots.Release();
            }
        }, CancellationToken.None);
    }

    /// <summary>A store holds these.</summary>
    public void Stored(int partition, RangeSet ranges)
    {
        foreach ((int Partition, long Sequence) message in _taken.Keys)
            if (message.Partition == partition && ranges.Contains(message.Sequence)) _taken.TryRemove(message, out _);
    }

    /// <summary>Looks whether the broker still has what it took; to be called every few seconds.</summary>
    /// <param name="incarnation">The spool's.</param>
    /// <param name="stop">Ends it.</param>
    public async Task Look(long incarnation, CancellationToken stop)
    {
        long before = Environment.TickCount64 - (long)s_patience.TotalMilliseconds;
        foreach (var partition in _taken.Where(message => message.Value.TakenMs < before).GroupBy(message =>
            message.Key.Partition).ToArray())
        {
            StreamInfo info = (await context.GetStreamAsync(Subjects.Stream(partition.Key), cancellationToken: stop)).Info;
            bool isAnother = _created[partition.Key] != default && _created[partition.Key] != info.Created;
            _created[partition.Key] = info.Created;
            var lost = new RangeSet();
            foreach (((int, long Sequence) message, (ulong at, _)) in partition)
            {
                // Gone may mean stored, too, where what said so was lost: whoever holds it then says it again.
                if (!isAnother && at >= info.State.FirstSeq && at <= info.State.LastSeq) continue;
                if (_taken.TryRemove(message, out _)) lost.Add(message.Sequence);
                if (lost.Ranges.Count == Fleet.Sensing.CourierPipe.MostRanges) break;
            }

            if (lost.Ranges.Count > 0) Again(incarnation, partition.Key, lost);
        }
    }

    /// <summary>Waits until the broker has all that was published.</summary>
    public async Task Drain(CancellationToken stop)
    {
        for (int i = 0; i < MostAtOnce; i++) await _slots.WaitAsync(stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task UntilTaken(byte[] bytes, FleetMessage message, CancellationToken stop)
    {
        string subject = Subjects.Of(message.Partition, message.Kind, sensor);
        for (TimeSpan pause = TimeSpan.FromMilliseconds(200); ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longestPause.Ticks)))
        {
            string failure;
            try
            {
                NatsResult<PubAckResponse> result = await context.TryPublishAsync(subject, bytes, cancellationToken: stop);
                if (result.Success && result.Value.IsSuccess())
                {
                    _taken[(message.Partition, message.Sequence)] = (result.Value.Seq, Environment.TickCount64);
                    if (Interlocked.Exchange(ref _failing, 0) != 0) Told("");
                    return;
                }

                failure = result.Success ? result.Value.Error?.Description ?? "" : result.Error.Message;
            }
            catch (NatsException error)
            {
                failure = error.Message;
            }

            if (Interlocked.Exchange(ref _failing, 1) == 0) Told(failure.Length == 0 ? "the broker refuses" : failure);
            await Task.Delay(pause, stop);
        }
    }
}
