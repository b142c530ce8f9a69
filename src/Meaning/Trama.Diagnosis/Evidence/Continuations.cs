using System.Runtime.InteropServices;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Finds connections that go on with the numbers of another one, from another port of the same host, in bounded memory.</summary>
internal sealed class Continuations
{
    private const int MaxEnds = 1 << 16;
    private const int MaxOrphans = 1 << 10;

    private readonly Dictionary<(IpAddress Client, Endpoint Server, uint Next), Continuation> _ends = [];
    private readonly List<(IpAddress Client, Endpoint Server, uint Next, Continuation First)> _orphans = [];

    /// <summary>Adds a connection at its end.</summary>
    public void Add(Connection connection, Chapter chapter)
    {
        if (connection.ToServer.InitialSequence is not { } clients || connection.ToClient.InitialSequence is not { } servers) return;
        if (chapter.Count == 0) return;
        (IpAddress address, Endpoint server) = (connection.Client.Address, connection.Server);
        bool hasBeginning = connection.ToServer.Syn || connection.ToClient.Syn;
        if (!hasBeginning && chapter.First is { From: Side.Client, Acknowledgement: { } acknowledged } first && _orphans.Count < MaxOrphans)
            _orphans.Add((address, server, clients + first.Sequence,
                new Continuation(connection.Id, first.Packet, first.At, servers + acknowledged)));
        if (_ends.Count >= MaxEnds || connection.State == ConnectionState.Closed) return;
        uint clientsNext = 0, serversNext = 0;
        ReadOnlySpan<TracedSegment> segments = CollectionsMarshal.AsSpan(chapter.Segments);
        ref readonly TracedSegment last = ref segments[0];
        foreach (ref readonly TracedSegment segment in segments)
        {
            uint next = segment.Sequence + (uint)segment.Length + ((segment.Flags & TcpFlags.Syn) != 0 ? 1u : 0);
            // What the server says to the port that is no more is not known to its client.
            if (segment.From == Side.Server)
            {
                serversNext = Math.Max(serversNext, next);
                continue;
            }

            clientsNext = Math.Max(clientsNext, next);
            last = ref segment;
        }

        _ends[(address, server, clients + clientsNext)] = new Continuation(connection.Id, last.Packet, last.At, servers + serversNext);
    }

    /// <summary>The connections that go on with the numbers of another.</summary>
    public IEnumerable<(Continuation Orphan, Continuation Earlier)> Found()
    {
        foreach ((IpAddress client, Endpoint server, uint next, Continuation first) in _orphans)
        {
            if (!_ends.TryGetValue((client, server, next), out Continuation earlier)) continue;
            if (earlier.Connection < first.Connection && earlier.At <= first.At && earlier.ServersNext
                == first.ServersNext) yield return (first, earlier);
        }
    }
}
