using System.Runtime.CompilerServices;
using Trama.Packets.Decoding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>Works on each step as it comes, on the thread that gives it.</summary>
internal sealed class StepsAtOnce : ISteps
{
    private readonly IReadOnlyList<TrackerContext> _shards;
    private readonly Epochs? _epochs;
    private readonly long[] _used = new long[Budgets.Count];
    private long _epoch;
    private BatchSize _size;

    /// <param name="shards">The shards; one, or all.</param>
    /// <param name="epochs">What all of them use; null where there is but one.</param>
    /// <param name="epoch">The epoch at hand, and how much of it is filled.</param>
    public StepsAtOnce(IReadOnlyList<TrackerContext> shards, Epochs? epochs = null, (long Number, BatchSize Size) epoch = default)
    {
        (_shards, _epochs) = (shards, epochs);
        (_epoch, _size) = epoch;
        for (int i = 0; i < _used.Length; i++) _used[i] = UsedOf(i);
        var spares = new SpareMessages();
        foreach (TrackerContext shard in shards) shard.Use(spares);
        if (epochs is not null) Heed(epochs);
    }

    /// <inheritdoc/>
    public void Open(Flow flow)
    {
        Count(0);
        flow.Tracked.Open();
    }

    /// <inheritdoc/>
    public void Take(Flow flow, in TcpSegment segment, Side from, long packet, bool isOrderKept)
    {
        Count(segment.Options.Length + segment.Payload.Length);
        TrackedConnection connection = flow.Tracked;
        connection.Context.IsOrderKept = isOrderKept;
        connection.Take(segment, from, packet);
    }

    /// <inheritdoc/>
    public void Tell(Flow flow, long packet, in QuotedSegment error)
    {
        Count(0);
        TrackedConnection connection = flow.Tracked;
        connection.Context.Sink.ErrorReported(connection.Connection, packet, error);
    }

    /// <inheritdoc/>
    public void EndReply(Flow flow)
    {
        Count(0);
        flow.Tracked.EndReply();
    }

    /// <inheritdoc/>
    public void End(Flow flow)
    {
        Count(0);
        flow.Tracked.End();
    }

    /// <inheritdoc/>
    public void Settle()
    {
        // All is told at once.
    }

    /// <inheritdoc/>
    public void Complete()
    {
        // The same.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(int bytes)
    {
        if (_epochs is not null && !_size.TryAdd(bytes)) BeginEpoch(_epochs, bytes);
    }

    private void BeginEpoch(Epochs epochs, int bytes)
    {
        Span<long> change = stackalloc long[Budgets.Count];
        for (int i = 0; i < change.Length; i++)
        {
            long used = UsedOf(i);
            (change[i], _used[i]) = (used - _used[i], used);
        }

        epochs.Add(change);
        epochs.End(_epoch++);
        Heed(epochs);
        _size = default;
        _size.TryAdd(bytes);
    }

    private void Heed(Epochs epochs)
    {
        foreach (TrackerContext shard in _shards) shard.Budgets.Heed(epochs.Before(_epoch));
    }

    private long UsedOf(int limit)
    {
        long used = 0;
        foreach (TrackerContext shard in _shards) used += shard.Budgets.Used(limit);
        return used;
    }
}
