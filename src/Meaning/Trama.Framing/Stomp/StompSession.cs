namespace Trama.Framing.Stomp;

/// <summary>What the two directions of a connection know of each other: receipts, subscriptions and messages that wait.</summary>
internal sealed class StompSession
{
    private const int MaxSubscriptions = 4096;

    private readonly Dictionary<ulong, long> _receipts = [];
    private readonly Dictionary<ulong, StompSubscription> _subscriptions = [];
    private readonly Dictionary<ulong, StompDelivery> _deliveries = [];
    private long _lastKey;
    private long? _connecting;
    private int _losses;

    /// <summary>A key that nothing had before.</summary>
    public long NewKey() => ++_lastKey;

    /// <summary>The client connects.</summary>
    public long Connect() => (_connecting = NewKey()).Value;

    /// <summary>The key of the client's first frame, if that waits; it does no longer.</summary>
    public long? Connected()
    {
        long? key = _connecting;
        _connecting = null;
        return key;
    }

    /// <summary>A receipt is asked for.</summary>
    public long AskReceipt(ulong receipt)
    {
        if (_receipts.Count == PendingRequests.Limit) _receipts.Clear();
        return _receipts[receipt] = NewKey();
    }

    /// <summary>A receipt is given; a key of its own where nobody was seen to ask for it.</summary>
    public long GiveReceipt(ulong receipt) => _receipts.Remove(receipt, out long key) ? key : NewKey();

    /// <summary>A subscription begins.</summary>
    public void Subscribe(ulong id, StompSubscription subscription)
    {
        if (_subscriptions.Count == MaxSubscriptions) _subscriptions.Clear();
        _subscriptions[id] = subscription;
    }

    /// <summary>A subscription; null when its beginning was not seen.</summary>
    public StompSubscription? Subscription(ulong id) => _subscriptions.GetValueOrDefault(id);

    /// <summary>A message waits for its acknowledgement.</summary>
    /// <param name="id">How the one who acknowledges it will name it.</param>
    /// <param name="key">What will pair them.</param>
    /// <param name="subscription">What it was sent for, if that is known.</param>
    public void Deliver(ulong id, long key, StompSubscription? subscription)
    {
        if (_deliveries.Count == PendingRequests.Limit) Forget();
        _deliveries[id] = new StompDelivery(key, subscription, _losses);
        if (subscription is not { IsCumulative: true }) return;
        if (subscription.InOrder.Count == PendingRequests.Limit) subscription.InOrder.Clear();
        subscription.InOrder.Enqueue(id);
    }

    /// <summary>A message is acknowledged, and where its subscription says so all before it.</summary>
    /// <param name="id">How it is named.</param>
    /// <param name="others">Hears of the keys of those before it.</param>
    /// <returns>Its key; absent where it was not seen.</returns>
    public long? Acknowledge(ulong id, Queue<long> others)
    {
        if (!_deliveries.Remove(id, out StompDelivery delivery)) return null;
        while (delivery.Subscription is { } subscription && subscription.InOrder.TryDequeue(out ulong earlier) && earlier != id)
        {
            // What may have been acknowledged unseen is not told to be so now.
            if (_deliveries.Remove(earlier, out StompDelivery before) && before.Losses == _losses) others.Enqueue(before.Key);
        }

        return delivery.Key;
    }

    /// <summary>Bytes are missing: what waits may have been answered unseen.</summary>
    public void Lose()
    {
        _connecting = null;
        _losses++;
    }

    private void Forget()
    {
        _deliveries.Clear();
        foreach (StompSubscription subscription in _subscriptions.Values) subscription.InOrder.Clear();
    }
}
