using System.Net;
using Trama.Processes.Facts;

namespace Trama.Processes.Owning;

/// <summary>Who connected or closed lately, until the connection is followed: each is taken once. For several threads.</summary>
internal sealed class HeardProcesses
{
    private const int Most = 1 << 14;

    private readonly Lock _lock = new();
    private readonly Dictionary<(IPEndPoint Local, IPEndPoint Peer), HeardProcess> _heard = [];
    private readonly Queue<(IPEndPoint, IPEndPoint)> _order = new();

    /// <summary>Adds one.</summary>
    public void Add(HeardProcess process)
    {
        lock (_lock)
        {
            _heard[(process.Local, process.Peer)] = process;
            _order.Enqueue((process.Local, process.Peer));
            if (_order.Count > Most) _heard.Remove(_order.Dequeue());
        }
    }

    /// <summary>Takes the process that made or ended a connection; null when it was not heard of.</summary>
    /// <param name="local">The end of the process.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="startedAt">When its SYN was captured: what was heard at other times is of another one between the same ends.</param>
    public ProcessFacts? Take(IPEndPoint local, IPEndPoint peer, long startedAt)
    {
        lock (_lock)
        {
            if (!_heard.TryGetValue((local, peer), out HeardProcess? heard) || !heard.Concerns(startedAt)) return null;
            _heard.Remove((local, peer));
            return heard.Process;
        }
    }
}
