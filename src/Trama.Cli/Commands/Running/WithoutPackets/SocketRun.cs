using System.Diagnostics;
using Trama.Processes.Sockets;
using Trama.Run;

namespace Trama.Cli.Commands.Running.WithoutPackets;

/// <summary>
/// A command on this machine's own network where neither capturing nor a network of its own is allowed: its sockets are looked at, as any
/// user may.
/// </summary>
internal sealed class SocketRun : IDisposable
{
    private const int ShareOfTime = 3;

    private static readonly TimeSpan LeastBetweenLooks = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Thread _looking;
    private readonly Action<SeenSocket> _ended;
    private volatile bool _isOver;

    /// <summary>Starts the command.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="ended">Told of each connection that is over, by a thread of its own.</param>
    /// <exception cref="SocketTableException">The kernel does not tell of sockets either; the command was not run.</exception>
    public SocketRun(IReadOnlyList<string> command, Action<SeenSocket> ended)
    {
        _ended = ended;
        ProcessTree? tree = null;
        Sockets = new TreeSockets(process => tree?.Has(process) == true);
        // What is there before is not the command's, and the first look takes longest.
        Sockets.Look();
        _process = HostCommand.Start(command, new Dictionary<string, string>());
        tree = new ProcessTree(_process.Id, forks: null);
        _looking = new Thread(Look) { Name = "sockets", IsBackground = true };
        _looking.Start();
    }

    /// <summary>What was seen; for other threads after <see cref="Wait"/>.</summary>
    public TreeSockets Sockets { get; }

    /// <summary>Sends the command a signal.</summary>
    public void Signal(int signal) => OwnNetworkCommand.Signal(_process.Id, signal);

    /// <summary>Waits for the command, and for the end of what it said last.</summary>
    /// <returns>Its exit code.</returns>
    public int Wait()
    {
        _process.WaitForExit();
        Thread.Sleep(LastWords);
        _isOver = true;
        _looking.Join();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sockets.Dispose();
        _process.Dispose();
    }

    private void Look()
    {
        while (true)
        {
            bool isLast = _isOver;
            var took = Stopwatch.StartNew();
            try
            {
                foreach (SeenSocket socket in Sockets.Look()) _ended(socket);
            }
            catch (SocketTableException)
            {
                // One look is missing; the next may succeed.
            }

            if (isLast) return;
            // Never more than a part of one processor.
            Thread.Sleep(LeastBetweenLooks + took.Elapsed * ShareOfTime);
        }
    }
}
