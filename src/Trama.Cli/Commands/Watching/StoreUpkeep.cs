using Trama.Fleet.Headers;
using Trama.Fleet.Storing;

namespace Trama.Cli.Commands.Watching;

/// <summary>Has the disk take what came, every second, and makes tables of what is over, on threads of their own.</summary>
/// <param name="store">The rows.</param>
/// <param name="ring">The packets' headers.</param>
/// <param name="alive">Called every second, after what came is kept.</param>
internal sealed class StoreUpkeep(StoreWriter store, HeaderRing ring, Action alive) : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_now = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Thread[] _threads = [];

    /// <summary>Begins.</summary>
    public void Begin() =>
        _threads =
        [
            Every(s_second, () =>
            {
                store.Keep();
                ring.Keep();
                alive();
            }),
            Every(s_now, store.Finish),
        ];

    /// <summary>Ends, once what is at work is done.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread thread in _threads) thread.Join();
        _stop.Dispose();
    }

    private Thread Every(TimeSpan period, Action work)
    {
        var thread = new Thread(() =>
        {
            do work();
            while (!_stop.Token.WaitHandle.WaitOne(period));
        })
        { IsBackground = true, Name = "store" };
        thread.Start();
        return thread;
    }
}
