using System.Diagnostics;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.Commands.Listing;

/// <summary>Looks at the sockets of this machine, again and again; each look knows what the one before saw.</summary>
internal sealed class SocketWatch : IDisposable
{
    // Rates of a single look: long enough for a segment or two, too short to be noticed.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly SocketTable _table;
    private readonly ProcessTable _processes = new();
    // Of this look: a process with a thousand sockets is looked at once.
    private readonly Dictionary<int, ProcessFacts?> _seen = [];
    private Dictionary<ulong, TcpSocket> _before = [];
    private long _beforeAt;

    /// <summary>Begins to look.</summary>
    /// <exception cref="UserError">The kernel does not tell of sockets.</exception>
    public SocketWatch(Language language)
    {
        try
        {
            _table = new SocketTable();
        }
        catch (SocketTableException error)
        {
            throw Refusal(error, language);
        }
    }

    /// <summary>What to say when the kernel does not tell.</summary>
    public static UserError Refusal(SocketTableException error, Language language) => new(language.Pick(
        $"this system does not tell of its sockets (sock_diag): {error.Message}",
        $"este sistema não fala de seus sockets (sock_diag): {error.Message}"));

    /// <summary>Looks. The first look takes two glances, a moment apart.</summary>
    public SocketLook Look()
    {
        SocketHolders holders;
        if (_beforeAt == 0)
        {
            Remember(_table.List());
            holders = Holders();
            if (Glance - Stopwatch.GetElapsedTime(_beforeAt) is { Ticks: > 0 } rest) Thread.Sleep(rest);
            return Rows(_table.List(), holders);
        }

        List<TcpSocket> sockets = _table.List();
        holders = Holders();
        return Rows(sockets, holders);
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    private static SocketHolders Holders()
    {
        using Privileges.Raised raised = Privileges.Raise();
        return SocketHolders.Look();
    }

    private SocketLook Rows(List<TcpSocket> sockets, SocketHolders holders)
    {
        TimeSpan interval = Stopwatch.GetElapsedTime(_beforeAt);
        var rows = new List<SocketRow>(sockets.Count);
        _seen.Clear();
        bool isRoot;
        using (Privileges.Raise())
        {
            isRoot = UserRights.IsRoot;
            foreach (TcpSocket socket in sockets) rows.Add(Row(socket, holders, interval.TotalSeconds));
        }

        Remember(sockets);
        long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new SocketLook(rows, now, interval.Ticks * TimeSpan.NanosecondsPerTick, holders.HasProcesses, isRoot);
    }

    private SocketRow Row(TcpSocket socket, SocketHolders holders, double seconds)
    {
        var processes = new List<ProcessFacts>(1);
        foreach (int process in holders.Of(socket.Inode))
            if (Facts(process) is { } facts) processes.Add(facts);
        var row = new SocketRow(socket, processes, _processes.UserName(socket.User));
        if (socket.State == TcpSocketState.Listening || socket.Figures is not { } now
            || !_before.TryGetValue(socket.Cookie, out TcpSocket? before)
            || before.Figures is not { } then) return row;
        return row with
        {
            SendRate = Rate(now.BytesAcknowledged, then.BytesAcknowledged),
            ReceiveRate = Rate(now.BytesReceived, then.BytesReceived),
        };

        double? Rate(ulong? after, ulong? earlier) => after >= earlier ? (after - earlier) / seconds : null;
    }

    private ProcessFacts? Facts(int process)
    {
        if (!_seen.TryGetValue(process, out ProcessFacts? facts)) _seen[process] = facts = _processes.Of(process);
        return facts;
    }

    private void Remember(List<TcpSocket> sockets)
    {
        _beforeAt = Stopwatch.GetTimestamp();
        _before = new Dictionary<ulong, TcpSocket>(sockets.Count);
        foreach (TcpSocket socket in sockets) _before[socket.Cookie] = socket;
    }
}
