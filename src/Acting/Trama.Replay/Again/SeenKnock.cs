using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Replay.Again;

/// <summary>A client that sent its SYN, perhaps more than once, and never went on.</summary>
/// <param name="Connection">The number of its connection.</param>
/// <param name="Client">Its address and port.</param>
/// <param name="Server">Where it knocked.</param>
public sealed record SeenKnock(long Connection, Endpoint Client, Endpoint Server)
{
    /// <summary>When its SYNs were seen.</summary>
    public List<Timestamp> At { get; } = [];

    /// <summary>Whether the server answered.</summary>
    public bool IsAnswered { get; set; }
}
