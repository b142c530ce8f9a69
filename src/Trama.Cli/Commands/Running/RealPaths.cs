using System.Collections.Concurrent;
using Trama.Packets.Transport;
using Trama.Run;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>What the real paths of a command's connections were like, as the gateway measured them last. For several threads.</summary>
internal sealed class RealPaths
{
    private const int Most = 1 << 16;

    private readonly ConcurrentDictionary<(Endpoint Client, Endpoint Server), PathNote> _notes = new();

    /// <summary>All of them.</summary>
    public IEnumerable<PathNote> All => _notes.Values;

    /// <summary>Takes note of one.</summary>
    public void Add(PathNote note)
    {
        if (_notes.Count >= Most) _notes.Clear();
        _notes[(note.Client, note.Server)] = note;
    }

    /// <summary>That of a connection; null when it is not known.</summary>
    public RealPath? Of(Connection connection)
    {
        // A later connection between the same ends may have been measured since.
        if (!_notes.TryGetValue((connection.Client, connection.Server), out PathNote note)
            || note.BeganAt > connection.LastAt.Nanoseconds) return null;
        return new RealPath((long)note.RoundTrip.TotalNanoseconds, (long)note.LeastRoundTrip.TotalNanoseconds, note.Sent,
            note.Retransmitted, note.OutOfOrder);
    }
}
