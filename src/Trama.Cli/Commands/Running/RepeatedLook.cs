using System.Diagnostics;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Looks at a command again and again on a thread of its own: often at first, since many commands are short, and then less and less.
/// </summary>
internal sealed class RepeatedLook : IDisposable
{
    private const int ShareOfTime = 4, LooksPerDoubling = 64;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(4), Most = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <summary>Begins.</summary>
    public RepeatedLook(Action look)
    {
        _thread = new Thread(() => Run(look)) { Name = "looks", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends, after a last look.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
    }

    private void Run(Action look)
    {
        var since = Stopwatch.StartNew();
        bool isLast;
        do
        {
            isLast = _stop.IsSet;
            TimeSpan began = since.Elapsed;
            look();
            TimeSpan took = since.Elapsed - began, pause = since.Elapsed / LooksPerDoubling;
            pause = pause < Least ? Least : pause > Most ? Most : pause;
            _stop.Wait(pause > took * ShareOfTime ? pause : took * ShareOfTime);
        }
        while (!isLast);
    }
}
