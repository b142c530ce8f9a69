using System.Diagnostics;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.Commands.Listing;

/// <summary>Looks at the sockets of this machine, again and again; each look knows what the one before saw.</summary>
internal sealed class SocketWatch : IDisposable
{
    // Rates of a single look: long enough for a segment or two, too short to be noticed.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    private readonly SocketTable _table;
    private readonly ProcessTable _processes = new();
    private readonly CgroupTree _cgroups = new();

    // Of this look: a process with a thousand sockets is looked at once.
    private readonly Dictionary<int, ProcessFacts?> _seen = [];
    private Dictionary<ulong, SocketTraffic> _before = [];
    private Dictionary<ulong, SocketHistory> _histories = [];
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

    /// <summary>Whether each socket's last looks are remembered.</summary>
    public bool Remembers { get; init; }

    /// <summary>What to say when the kernel does not tell.</summary>
    public static UserError Refusal(SocketTableException error, Language language) => new(language.Pick(
        $"this system does not tell of its sockets (sock_diag): {error.Message}",
        $"este sistema não fala de seus sockets (sock_diag): {error.Message}"));

    /// <summary>Looks. The first look takes two glances, a moment apart.</summary>
    public SocketLook Look()
    {
        // To read descriptors takes as long as to list the sockets: both at a time.
        Task<SocketHolders> looking = Task.Factory.StartNew(Holders, TaskCreationOptions.LongRunning);
        if (_beforeAt == 0)
        {
            _beforeAt = Stopwatch.GetTimestamp();
            _before = _table.Traffic();
            if (Glance - Stopwatch.GetElapsedTime(_beforeAt) is { Ticks: > 0 } rest) Thread.Sleep(rest);
        }

        // Rates are of the time between the beginnings of two lists: each socket has about the same place in both.
        long at = Stopwatch.GetTimestamp();
        TimeSpan interval = Stopwatch.GetElapsedTime(_beforeAt, at);
        List<TcpSocket> sockets = _table.List();
        SocketHolders holders = looking.GetAwaiter().GetResult();
        if (sockets.Exists(socket => IsMissed(socket, holders)))
        {
            using Privileges.Raised raised = Privileges.Raise();
            holders.LookAgain();
        }

        SocketLook look = Rows(sockets, holders, interval);
        if (Remembers) look = look with { Rows = Remembered(look.Rows) };
        _beforeAt = at;
        _before = new Dictionary<ulong, SocketTraffic>(sockets.Count);
        foreach (TcpSocket socket in sockets)
            _before[socket.Cookie] = Traffic(socket) ?? default;
        return look;
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    private static SocketHolders Holders()
    {
        using Privileges.Raised raised = Privileges.Raise();
        return SocketHolders.Look();
    }

    // It was made while descriptors were read.
    private bool IsMissed(TcpSocket socket, SocketHolders holders) =>
        socket.Inode != 0 && !_before.ContainsKey(socket.Cookie) && holders.Of(socket.Inode).Count == 0;

    private SocketLook Rows(List<TcpSocket> sockets, SocketHolders holders, TimeSpan interval)
    {
        var rows = new List<SocketRow>(sockets.Count);
        _seen.Clear();
        bool isRoot;
        using (Privileges.Raise())
        {
            isRoot = UserRights.IsRoot;
            foreach (TcpSocket socket in sockets) rows.Add(Row(socket, holders, interval.TotalSeconds));
        }

        long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new SocketLook(rows, now, interval.Ticks * TimeSpan.NanosecondsPerTick, holders.HasProcesses, isRoot);
    }

    private List<SocketRow> Remembered(IReadOnlyList<SocketRow> rows)
    {
        var histories = new Dictionary<ulong, SocketHistory>(rows.Count);
        var remembered = new List<SocketRow>(rows.Count);
        foreach (SocketRow row in rows)
        {
            SocketHistory history = histories[row.Socket.Cookie] = _histories.GetValueOrDefault(row.Socket.Cookie) ?? new SocketHistory();
            history.Add(row);
            remembered.Add(row with { History = history });
        }

        _histories = histories;
        return remembered;
    }

    private SocketRow Row(TcpSocket socket, SocketHolders holders, double seconds)
    {
        var processes = new List<ProcessFacts>(1);
        foreach (int process in holders.Of(socket.Inode))
            if (Facts(process) is { } facts) processes.Add(facts);
        var row = new SocketRow(socket, processes, _processes.UserName(socket.User))
        {
            Container = processes.Count == 0 && socket.Cgroup is { } cgroup ? _cgroups.Of(cgroup) : null,
        };
        if (Traffic(socket) is not { } now || !_before.TryGetValue(socket.Cookie, out SocketTraffic then)
            || now.Acknowledged < then.Acknowledged || now.Received < then.Received)
            return row;
        return row with
        {
            SendRate = (now.Acknowledged - then.Acknowledged) / seconds,
            ReceiveRate = (now.Received - then.Received) / seconds,
        };
    }

    private static SocketTraffic? Traffic(TcpSocket socket) => socket.State != TcpSocketState.Listening
        && socket.Figures is { BytesAcknowledged: { } acknowledged, BytesReceived: { } received }
        ? new SocketTraffic(acknowledged, received) : null;

    private ProcessFacts? Facts(int process)
    {
        if (!_seen.TryGetValue(process, out ProcessFacts? facts)) _seen[process] = facts = _processes.Of(process);
        return facts;
    }
}
