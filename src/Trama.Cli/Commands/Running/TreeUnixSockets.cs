using Trama.Processes.Holders;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Running;

/// <summary>The connections by Unix sockets of a command on this machine's own network, asked of the kernel again and again.</summary>
internal sealed class TreeUnixSockets : IDisposable
{
    private readonly SocketTable _table;
    private readonly RepeatedLook _looks;

    private TreeUnixSockets(SocketTable table, int root)
    {
        _table = table;
        var holders = new TreeHolders(new ProcessTree(root, forks: null).Has);
        _looks = new RepeatedLook(() => Seen.Add(_table.ListUnix(), holders.Look));
    }

    /// <summary>Begins to look; null where the kernel does not tell of sockets.</summary>
    /// <param name="root">The command's process.</param>
    public static TreeUnixSockets? Open(int root)
    {
        try
        {
            return new TreeUnixSockets(new SocketTable(), root);
        }
        catch (SocketTableException)
        {
            return null;
        }
    }

    /// <summary>What was seen; for other threads after <see cref="Dispose"/>.</summary>
    public SeenUnixSockets Seen { get; } = new();

    /// <summary>Ends the looks.</summary>
    public void Dispose()
    {
        _looks.Dispose();
        _table.Dispose();
    }
}
