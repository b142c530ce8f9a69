using System.Net;
using Trama.Processes.Containers;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Listing;

/// <summary>Connections that share a line: healthy ones of the same process, in the same state, with the same server.</summary>
internal sealed class SocketGroup
{
    // So many alike say no more than their number does.
    private const int Least = 8;

    private readonly List<SocketRow> _rows;

    private SocketGroup(IEnumerable<SocketRow> rows, bool isServer) => (_rows, IsServer) = ([.. rows], isServer);

    /// <summary>One of them.</summary>
    public SocketRow First => _rows[0];

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Whether their process is the server; else their peer is.</summary>
    public bool IsServer { get; }

    /// <summary>Bytes that came and were not read.</summary>
    public long ReceiveQueue => _rows.Sum(row => (long)row.Socket.ReceiveQueue);

    /// <summary>Bytes that were written and not acknowledged.</summary>
    public long SendQueue => _rows.Sum(row => (long)row.Socket.SendQueue);

    /// <summary>Segments sent again.</summary>
    public long Retransmissions => _rows.Sum(row => (long)(row.Socket.Figures?.Retransmissions ?? 0));

    /// <summary>Bytes a second to the peers.</summary>
    public double? SendRate => Sum(row => row.SendRate);

    /// <summary>Bytes a second from the peers.</summary>
    public double? ReceiveRate => Sum(row => row.ReceiveRate);

    /// <summary>The round trip time, the median of several, in nanoseconds.</summary>
    public long? RttNs
    {
        get
        {
            uint[] times = [.. _rows.Select(row => row.Socket.Figures?.RttUs ?? 0).Where(time => time > 0).Order()];
            return times.Length == 0 ? null : times[times.Length / 2] * 1000L;
        }
    }

    /// <summary>Bytes a second in both directions at the last looks, of all of them together, the latest at the end.</summary>
    public IReadOnlyList<long?> Rates => Last(history => history.Rates, rates => rates.Sum());

    /// <summary>The round trip times at the last looks, the longest of each, in nanoseconds.</summary>
    public IReadOnlyList<long?> RttsNs => Last(history => history.RttsNs, times => times.Max());

    /// <summary>
    /// The sockets in the order in which they are shown: the sick ones first, the worst of them at the top, then by process.
    /// </summary>
    public static IEnumerable<SocketRow> Sorted(IEnumerable<SocketRow> rows) => rows
        .OrderByDescending(row => row.Ailment?.Weight ?? 0)
        .ThenByDescending(row => row.Ailment is null ? 0 : (long)row.Socket.ReceiveQueue + row.Socket.SendQueue)
        .ThenBy(row => row.Processes.Count == 0)
        .ThenBy(row => row.First?.Name, StringComparer.Ordinal)
        .ThenBy(row => row.First?.Id)
        .ThenBy(row => row.Socket.Local.Port)
        .ThenBy(row => row.Socket.Cookie);

    /// <summary>The lines, in order.</summary>
    /// <param name="rows">All sockets that are shown.</param>
    /// <param name="apart">Whether each has a line of its own.</param>
    public static IEnumerable<SocketGroup> Of(IReadOnlyList<SocketRow> rows, bool apart)
    {
        IEnumerable<SocketRow> sorted = Sorted(rows);
        if (apart) return sorted.Select(row => new SocketGroup([row], false));
        // An own port that several connections share is a server's.
        HashSet<int> shared = [.. rows.CountBy(row => row.Socket.Local.Port).Where(pair => pair.Value > 1).Select(pair => pair.Key)];
        return sorted.GroupBy(row => Kind(row, shared.Contains(row.Socket.Local.Port))).SelectMany(Lines);
    }

    private static IEnumerable<SocketGroup> Lines(IGrouping<GroupKey, SocketRow> alike)
    {
        bool isOne = alike.Key.Cookie == 0 && alike.Count() >= Least;
        return isOne ? [new SocketGroup(alike, alike.Key.IsServer)] : alike.Select(row => new SocketGroup([row], alike.Key.IsServer));
    }

    private static GroupKey Kind(SocketRow row, bool isServer) => new(
        row.Ailment is null ? 0 : row.Socket.Cookie,
        row.First?.Id ?? 0,
        row.Container,
        row.User,
        row.Socket.State,
        isServer ? row.Socket.Local : row.Socket.Peer,
        isServer);

    private long?[] Last(Func<SocketHistory, IEnumerable<long?>> of, Func<IEnumerable<long?>, long?> together)
    {
        // Those that are younger than others have nothing at the beginning.
        var looks = new List<long?>?[SocketHistory.Looks];
        foreach (SocketHistory history in _rows.Select(row => row.History).OfType<SocketHistory>())
        {
            int at = SocketHistory.Looks - history.Count;
            foreach (long? value in of(history))
            {
                if (value is not null) (looks[at] ??= []).Add(value);
                at++;
            }
        }

        return [.. looks.Select(values => values is null ? null : together(values))];
    }

    private double? Sum(Func<SocketRow, double?> rate) => _rows.Any(row => rate(row) is not null) ? _rows.Sum(rate) : null;

    // What is sick has its cookie in the key, and so a line of its own.
    private readonly record struct GroupKey(ulong Cookie, int Process, Container? Container, string User, TcpSocketState State,
        IPEndPoint Server, bool IsServer);
}
