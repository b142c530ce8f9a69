using System.Globalization;
using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using Trama.Fleet.Holding;
using Trama.Hub.Broker;

namespace Trama.Hub.Owning;

/// <summary>
/// The leases of partitions, in a bucket of the broker. Each change of a key names the revision before it, so of two hubs that want a
/// partition one gets it. No clock of another machine is asked: a lease is over when its key has not changed for a while, as this hub
/// saw it.
/// </summary>
internal sealed class LeaseBook
{
    /// <summary>After so long without a change others may take a partition.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>After so long without a renewal its holder stops: before others may begin.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromSeconds(7);

    private const string Free = "-";

    private readonly INatsKVStore _bucket;
    private readonly string _name;
    private readonly long _epoch;
    private readonly Dictionary<string, (ulong Revision, long SinceMs, string Value)> _seen = [];

    private LeaseBook(INatsKVStore bucket, string name, long epoch) => (_bucket, _name, _epoch) = (bucket, name, epoch);

    /// <summary>Opens it, and makes the bucket where it is missing.</summary>
    public static async Task<LeaseBook> Open(NatsJSContext context, string name, int replicas, CancellationToken stop)
    {
        INatsKVStore bucket = await new NatsKVContext(context).CreateStoreAsync(
            new NatsKVConfig(Subjects.Leases) { History = 1, NumberOfReplicas = replicas }, stop);
        DateTimeOffset created = (await context.GetStreamAsync("KV_" + Subjects.Leases, cancellationToken: stop)).Info.Created;
        return new LeaseBook(bucket, name, (created - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Says that this hub is there, and how many are.</summary>
    public async Task<int> CountHubs(CancellationToken stop)
    {
        await _bucket.PutAsync("hub." + _name, Encoding.ASCII.GetBytes(Environment.TickCount64.ToString(CultureInfo.InvariantCulture)),
            cancellationToken: stop);
        int count = 0;
        await foreach (string key in _bucket.GetKeysAsync(cancellationToken: stop))
        {
            if (!key.StartsWith("hub.", StringComparison.Ordinal)) continue;
            if (key == "hub." + _name || !await IsOver(key, stop)) count++;
        }

        return Math.Max(1, count);
    }

    /// <summary>Takes a partition, when nobody holds it; null when somebody does.</summary>
    public async Task<(Lease Lease, ulong Revision)?> TryTake(int partition, CancellationToken stop)
    {
        string key = Key(partition);
        NatsResult<ulong> taken;
        if (_seen.ContainsKey(key) || await Look(key, stop))
        {
            if (!await IsOver(key, stop)) return null;
            taken = await _bucket.TryUpdateAsync(key, Value, _seen[key].Revision, cancellationToken: stop);
        }
        else
        {
            taken = await _bucket.TryCreateAsync(key, Value, cancellationToken: stop);
        }

        return taken.Success ? (new Lease(_epoch, taken.Value), taken.Value) : null;
    }

    /// <summary>Renews a lease; null when somebody else has it.</summary>
    public async Task<ulong?> Renew(int partition, ulong revision, CancellationToken stop)
    {
        NatsResult<ulong> renewed = await _bucket.TryUpdateAsync(Key(partition), Value, revision, cancellationToken: stop);
        if (renewed.Success) return renewed.Value;
        if (renewed.Error is NatsKVWrongLastRevisionException) return null;
        throw renewed.Error;
    }

    /// <summary>Gives a partition back, so that others need not wait.</summary>
    public async Task Release(int partition, ulong revision, CancellationToken stop) =>
        await _bucket.TryUpdateAsync(Key(partition), Encoding.ASCII.GetBytes(Free), revision, cancellationToken: stop);

    private byte[] Value => Encoding.ASCII.GetBytes(_name);

    private static string Key(int partition) => string.Create(CultureInfo.InvariantCulture, $"p{partition:D2}");

    private async Task<bool> IsOver(string key, CancellationToken stop)
    {
        if (!await Look(key, stop)) return true;
        (_, long since, string value) = _seen[key];
        return value == Free || Environment.TickCount64 - since > Length.TotalMilliseconds;
    }

    // Whether there is such a key; notes when it changed.
    private async Task<bool> Look(string key, CancellationToken stop)
    {
        NatsResult<NatsKVEntry<byte[]>> entry = await _bucket.TryGetEntryAsync<byte[]>(key, cancellationToken: stop);
        if (!entry.Success)
        {
            if (entry.Error is NatsKVKeyNotFoundException or NatsKVKeyDeletedException) return _seen.Remove(key) && false;
            throw entry.Error;
        }

        if (!_seen.TryGetValue(key, out var before) || before.Revision != entry.Value.Revision)
            _seen[key] = (entry.Value.Revision, Environment.TickCount64, Encoding.ASCII.GetString(entry.Value.Value ?? []));
        return true;
    }
}
