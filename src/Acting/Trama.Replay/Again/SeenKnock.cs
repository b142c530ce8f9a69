using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Replay.Again;

/// <summary>A client that sent its SYN, perhaps more than once, in vain.</summary>
/// <param name="Connection">The number of its connection.</param>
/// <param name="Client">Its address and port.</param>
/// <param name="Server">Where it knocked.</param>
public sealed record SeenKnock(long Connection, Endpoint Client, Endpoint Server)
{
    /// <summary>When its SYNs were seen.</summary>
    public List<Timestamp> At { get; } = [];

    /// <summary>Whether the server answered, though the client never went on.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Whether the client was let in at last: what is noted are the SYNs before.</summary>
    public bool WentOn { get; set; }

    /// <summary>How many of its SYNs came before the one that was answered first.</summary>
    internal int InVain { get; set; }
}
