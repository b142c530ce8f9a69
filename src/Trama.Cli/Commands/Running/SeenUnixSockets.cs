using System.Text;
using Trama.Framing;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Running;

/// <summary>The connections that a command has by Unix sockets, which are counted and not shown.</summary>
internal sealed class SeenUnixSockets
{
    private const int MostConnections = 1 << 16, MostTold = 8;

    private readonly HashSet<uint> _known = [];
    private readonly Dictionary<string, int> _paths = [];

    /// <summary>Takes those that are there now.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="holders">Gives the sockets that the command has; asked only when one is new. Null where all are the command's.</param>
    public void Add(IEnumerable<UnixConnection> connections, Func<IReadOnlyDictionary<uint, int>>? holders)
    {
        IReadOnlyDictionary<uint, int>? own = null;
        foreach (UnixConnection connection in connections)
        {
            if (_known.Count >= MostConnections || !_known.Add(connection.Inode)) continue;
            own ??= holders?.Invoke();
            if (own is null || own.ContainsKey(connection.Inode) || own.ContainsKey(connection.Peer))
                _paths[connection.Path] = _paths.GetValueOrDefault(connection.Path) + 1;
        }
    }

    /// <summary>The line of them; empty when there was none.</summary>
    public string Text(Language language)
    {
        if (_paths.Count == 0) return "";
        int count = _paths.Values.Sum();
        var text = new StringBuilder("trama: ").Append(CountWords.Connections(count, language)).Append(language.Pick(
            $" by Unix sockets {(count == 1 ? "is" : "are")} not shown: ",
            $" por sockets Unix não {(count == 1 ? "é mostrada" : "são mostradas")}: "));
        return text.AppendJoin(", ", _paths.OrderByDescending(path => path.Value).ThenBy(path => path.Key, StringComparer.Ordinal)
                .Take(MostTold).Select(path => VisibleText.Of(path.Key) + (path.Value > 1 ? $" ({path.Value})" : "")))
            .Append(_paths.Count > MostTold ? ", …\n" : "\n").ToString();
    }
}
