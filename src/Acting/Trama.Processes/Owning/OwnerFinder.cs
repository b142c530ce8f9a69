using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Native;
using Trama.Processes.Sockets;

namespace Trama.Processes.Owning;

/// <summary>
/// Finds whose connections are, as they are made: which socket (sock_diag), which processes hold it (/proc), and who they are. It looks
/// several times, since a server has no process before it accepts, and may hand the socket on. What cannot be known stays unknown. Works on
/// a thread of its own.
/// </summary>
public sealed class OwnerFinder : IDisposable
{
    private const int MaxFollowed = 1 << 16;

    // Where the kernel does not tell who connects, looking has to do for both.
    private const double ShareOfProcessor = 0.02, ShareOfLookingAlone = 0.04;

    // Several looks at a time are cheaper than one by one; and when too much was spent, waiting is what earns it back.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(2), s_saving = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(100);

    // After the SYN: at once, while the client waits; when the server will have accepted; when it will have handed on, or a child have
    // taken over.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50),
        TimeSpan.FromMilliseconds(300),
        TimeSpan.FromSeconds(1),
    ];

    // A program that is being started has the sockets of who starts it for a moment: several are so when they are found twice.
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(50);
    private const int MostMoreLooks = 3;

    private readonly Lock _looking = new();
    private readonly SocketTable _table = new();
    private readonly ProcessTable _processes = new();
    private readonly CgroupTree _cgroups = new();
    private readonly ISocketHolderSource _holders;
    private readonly LookBudget _budget;
    private readonly NewConnections _new = new(MaxFollowed);
    private readonly ConcurrentDictionary<(IPEndPoint Client, IPEndPoint Server), OwnedConnection> _followed = new();
    private readonly ConcurrentQueue<OwnedConnection> _order = new();
    private readonly List<OwnedConnection> _due = [];
    private readonly ConnectWatch? _watch;
    private readonly HeardProcesses _connects = new(), _closes = new();
    private readonly LocalAddresses _addresses = new();
    private readonly Thread _thread;
    private TimeSpan _wholeSearchCost;

    /// <summary>Begins.</summary>
    /// <param name="holders">Who tells which processes hold a socket; disposed of with this.</param>
    /// <param name="watch">Hears of processes as they connect and close; null where that is not allowed. Disposed of with this.</param>
    /// <exception cref="SocketTableException">The kernel does not tell of sockets.</exception>
    public OwnerFinder(ISocketHolderSource holders, ConnectWatch? watch)
    {
        (_holders, _watch) = (holders, watch);
        _budget = new LookBudget(watch is null ? ShareOfLookingAlone : ShareOfProcessor, Reserve);
        // What is there now is no young process; and the first look that counts is not the first one.
        _holders.Find(new HashSet<uint>(), everywhere: false);
        _processes.Of(Environment.ProcessId);
        _addresses.Has(IPAddress.None);
        _thread = new Thread(Work) { Name = "owners", IsBackground = true };
        _thread.Start();
        watch?.Start(Hear);
    }

    /// <summary>
    /// Follows a connection from its beginning, or from now on; the same one again, when it is followed already.
    /// </summary>
    /// <param name="client">The client's end.</param>
    /// <param name="server">The server's end.</param>
    /// <param name="startedAt">When its SYN was captured, in nanoseconds since 1970; null for a connection that was there before.</param>
    /// <param name="sequence">The SYN's sequence number.</param>
    /// <param name="atOnce">Whether the first look is taken by the caller: its process may live no longer than it takes to wake another
    /// thread.</param>
    /// <param name="sides">Whose sides are looked for.</param>
    public OwnedConnection Follow(IPEndPoint client, IPEndPoint server, long? startedAt, uint sequence, bool atOnce,
        FollowedSides sides = FollowedSides.Both)
    {
        var connection = new OwnedConnection(client, server, startedAt, sequence)
        {
            ClientIsSettled = (sides & FollowedSides.Client) == 0,
            ServerIsSettled = (sides & FollowedSides.Server) == 0,
        };
        while (true)
        {
            OwnedConnection known = _followed.GetOrAdd((client, server), connection);
            if (known != connection && (startedAt is null || known.Sequence == sequence)) return known;
            if (known != connection && !_followed.TryUpdate((client, server), connection, known)) continue;
            if (startedAt is { } at) TakeHeard(connection, at);
            Keep(connection);
            if (IsKnown(connection)) return connection;
            if (atOnce) LookNow(connection);
            _new.Add(connection);
            return connection;
        }
    }

    /// <summary>Whether a connection between these ends is followed.</summary>
    public bool IsFollowed(IPEndPoint client, IPEndPoint server) => _followed.ContainsKey((client, server));

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch?.Dispose();
        _new.Complete();
        _thread.Join();
        _table.Dispose();
        _holders.Dispose();
    }

    // A process connects before its SYN is captured, and may have closed before that is read: what was heard waits for the connection.
    private void Hear(HeardProcess heard)
    {
        (heard.IsConnecting ? _connects : _closes).Add(heard);
        if (!_followed.TryGetValue((heard.Local, heard.Peer), out OwnedConnection? connection)
            && (heard.IsConnecting || !_followed.TryGetValue((heard.Peer, heard.Local), out connection))) return;
        if (connection.StartedAt is { } at) TakeHeard(connection, at);
    }

    private void TakeHeard(OwnedConnection connection, long at)
    {
        (IPEndPoint client, IPEndPoint server) = (connection.Client, connection.Server);
        if (_connects.Take(client, server, at) is { } made) connection.ClientOwner = Known(made);
        if (_closes.Take(client, server, at) is { } left
            && connection.ClientOwner is not { Processes.Count: > 0 }) connection.ClientOwner = Known(left);
        if (_closes.Take(server, client, at) is { } ended
            && connection.ServerOwner is not { Processes.Count: > 0 }) connection.ServerOwner = Known(ended);
    }

    private static SocketOwner Known(ProcessFacts process) => new([process], process.UserName);

    private void Work()
    {
        try
        {
            var taken = new List<OwnedConnection>();
            while (true)
            {
                TimeSpan pause;
                lock (_looking) pause = Pause();
                if (!_new.TryTake(pause, taken)) return;
                taken.ForEach(Take);
                taken.Clear();
                lock (_looking) LookAtDue();
            }
        }
        catch (SocketTableException)
        {
            // The kernel tells nothing more: what is not known yet stays unknown.
        }
    }

    private void Take(OwnedConnection connection)
    {
        if (connection.Looks == 0) connection.NextLook = Stopwatch.GetTimestamp();
        _due.Add(connection);
    }

    private void Keep(OwnedConnection connection)
    {
        _order.Enqueue(connection);
        if (_order.Count > MaxFollowed && _order.TryDequeue(out OwnedConnection? oldest))
            _followed.TryRemove(KeyValuePair.Create((oldest.Client, oldest.Server), oldest));
    }

    // Both ends were heard of: what closed has no socket to look at.
    private static bool IsKnown(OwnedConnection connection) =>
        connection is { ClientOwner.Processes.Count: > 0, ServerOwner.Processes.Count: > 0 };

    // Until the next look that is due; while looks are too dear, a moment.
    private TimeSpan Pause()
    {
        if (_due.Count == 0) return Timeout.InfiniteTimeSpan;
        TimeSpan rest = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _due.Min(connection => connection.NextLook));
        TimeSpan least = _budget.Allows ? s_shortest : s_saving;
        return rest < least ? least : rest;
    }

    private void LookAtDue()
    {
        // While looks are too dear, those that are due wait.
        if (!_budget.Allows) return;
        TimeSpan start = ThreadClock.Now;
        long now = Stopwatch.GetTimestamp();
        var sides = new List<LookedAtSide>();
        int looks = 0;
        for (int i = _due.Count - 1; i >= 0; i--)
        {
            OwnedConnection connection = _due[i];
            if (connection.NextLook > now) continue;
            looks++;
            LookAt(connection, sides);
            if (++connection.Looks == Waits.Length || connection is { ClientIsSettled: true, ServerIsSettled: true }) _due.RemoveAt(i);
            else connection.NextLook = now + (long)(Waits[connection.Looks].TotalSeconds * Stopwatch.Frequency);
        }

        if (sides.Count > 0) Search(sides);
        foreach (OwnedConnection connection in sides.Select(side => side.Connection).Distinct())
            if (connection.IsUnsure && connection.MoreLooks++ < MostMoreLooks) LookAgain(connection);
        if (looks > 0) _budget.Spend(ThreadClock.Now - start);
    }

    private void LookAgain(OwnedConnection connection)
    {
        connection.Looks = Math.Min(connection.Looks, Waits.Length - 1);
        connection.NextLook = Stopwatch.GetTimestamp() + (long)(s_moment.TotalSeconds * Stopwatch.Frequency);
        if (!_due.Contains(connection)) _due.Add(connection);
    }

    private void LookNow(OwnedConnection connection)
    {
        lock (_looking)
        {
            if (!_budget.Allows) return;
            TimeSpan start = ThreadClock.Now;
            var sides = new List<LookedAtSide>(2);
            LookAt(connection, sides);
            if (sides.Count > 0) Search(sides);
            connection.Looks++;
            connection.NextLook = Stopwatch.GetTimestamp() + (long)(Waits[1].TotalSeconds * Stopwatch.Frequency);
            _budget.Spend(ThreadClock.Now - start);
        }
    }

    private void LookAt(OwnedConnection connection, List<LookedAtSide> sides)
    {
        bool isFirst = connection.Looks == 0;
        connection.ClientIsSettled |= (connection.ClientOwner?.Processes.Count > 0 && !connection.IsUnsure)
            || (isFirst && !_addresses.Has(connection.Client.Address));
        connection.IsUnsure = false;
        connection.ServerIsSettled |= isFirst && !_addresses.Has(connection.Server.Address);
        if (!connection.ClientIsSettled)
        {
            TcpSocket? client = _table.Find(connection.Client, connection.Server);
            if (client is { Inode: not 0 }) Look(new LookedAtSide(connection, true, client), sides);
            else connection.ClientIsSettled = !isFirst;
        }

        if (connection.ServerIsSettled) return;
        TcpSocket? server = _table.Find(connection.Server, connection.Client);
        if (server is { Inode: not 0 }) Look(new LookedAtSide(connection, false, server), sides);
        else if (server is null && isFirst && _table.FindListener(connection.Server) is null) connection.ServerOwner = SocketOwner.Nobody;
        else if (server is null or { State: TcpSocketState.TimeWait }) connection.ServerIsSettled = !isFirst;
    }

    // The user and the container are known without a search; and a search does not find what belongs to others whom this process may not
    // look at.
    private void Look(LookedAtSide side, List<LookedAtSide> sides)
    {
        side.Owner ??= new SocketOwner([], _processes.UserName(side.Socket.User),
            side.Socket.Cgroup is { } cgroup ? _cgroups.Of(cgroup) : null);
        if (_holders.OnlyUser is not { } only || only == side.Socket.User) sides.Add(side);
        else if (side.IsClient) side.Connection.ClientIsSettled = true;
        else side.Connection.ServerIsSettled = true;
    }

    private void Search(List<LookedAtSide> sides)
    {
        List<LookedAtSide> rest = Find(sides, everywhere: false).FindAll(side => side.Connection.Looks > 0);
        if (rest.Count > 0 && _budget.Has(_wholeSearchCost))
        {
            TimeSpan start = ThreadClock.Now;
            rest = Find(rest, everywhere: true);
            _wholeSearchCost = ThreadClock.Now - start;
        }

        // Who held a socket that is still there, and holds it no more, has handed it on.
        foreach (LookedAtSide side in rest)
            if (side is { Owner: { Processes.Count: > 0 } owner } && IsStillThere(side)) side.Owner = owner with { Processes = [] };
    }

    // Gives the holders to those whose are found, and returns the others.
    private List<LookedAtSide> Find(List<LookedAtSide> sides, bool everywhere)
    {
        Dictionary<uint, List<Holder>> found = _holders.Find(sides.Select(side => side.Socket.Inode).ToHashSet(), everywhere);
        var rest = new List<LookedAtSide>();
        foreach (LookedAtSide side in sides)
        {
            ProcessFacts[] processes = found.TryGetValue(side.Socket.Inode, out List<Holder>? holders)
                ? [.. holders.Select(Facts).OfType<ProcessFacts>()] : [];
            if (processes.Length == 0)
            {
                rest.Add(side);
                continue;
            }

            side.Connection.IsUnsure |= processes.Length > 1
                && processes.ExceptBy((side.Owner?.Processes ?? []).Select(process => process.Id), process => process.Id).Any();
            side.Owner = new SocketOwner(processes, _processes.UserName(side.Socket.User));
        }

        return rest;
    }

    private bool IsStillThere(LookedAtSide side)
    {
        (IPEndPoint client, IPEndPoint server) = (side.Connection.Client, side.Connection.Server);
        return (side.IsClient ? _table.Find(client, server) : _table.Find(server, client))?.Inode == side.Socket.Inode;
    }

    // A process that began after the descriptors were read is another one.
    private ProcessFacts? Facts(Holder holder) =>
        _processes.Of(holder.Process) is { } facts && facts.StartedTicks == holder.StartedTicks ? facts : null;
}
