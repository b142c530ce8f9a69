using System.Threading.Tasks.Sources;

namespace Trama.Peers.Transports;

/// <summary>Whether one direction of a connection can go on, and who waits for that: one at a time.</summary>
internal sealed class Readiness : IValueTaskSource
{
    private const int Unknown = 0;
    private const int Ready = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _waiter;
    private int _state;
    private bool _forEver;

    /// <summary>Whether somebody waits.</summary>
    public bool IsAwaited => Volatile.Read(ref _state) == Waiting;

    /// <summary>It can go on. Whoever waits goes on in this call.</summary>
    /// <param name="forEver">Whether that will not change any more.</param>
    public void Set(bool forEver = false)
    {
        if (forEver) Volatile.Write(ref _forEver, true);
        if (Interlocked.Exchange(ref _state, Ready) == Waiting) _waiter.SetResult(true);
    }

    /// <summary>To be called before an attempt that may find nothing; what happens after this call counts.</summary>
    public void Clear()
    {
        Interlocked.Exchange(ref _state, Unknown);
        if (Volatile.Read(ref _forEver)) Interlocked.Exchange(ref _state, Ready);
    }

    /// <summary>Waits until it can go on.</summary>
    public ValueTask WaitAsync()
    {
        if (Volatile.Read(ref _state) == Ready) return default;
        _waiter.Reset();
        return Interlocked.CompareExchange(ref _state, Waiting, Unknown) == Ready ? default : new ValueTask(this, _waiter.Version);
    }

    void IValueTaskSource.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);
}
