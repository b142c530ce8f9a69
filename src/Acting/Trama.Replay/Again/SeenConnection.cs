using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>What a capture shows of one connection: its segments, and what both sides said.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Segments">Its segments, in the order of the capture.</param>
/// <param name="ToServer">The client's stream; zeros where the capture lacks bytes.</param>
/// <param name="ToClient">The server's.</param>
public sealed record SeenConnection(
    Connection Connection, IReadOnlyList<TracedSegment> Segments, ReadOnlyMemory<byte> ToServer, ReadOnlyMemory<byte> ToClient)
{
    /// <summary>The ICMP errors about its segments.</summary>
    public IReadOnlyList<QuotedSegment> Errors { get; init; } = [];

    /// <summary>The clients that knocked at the same server in vain, perhaps this one among them.</summary>
    public IReadOnlyList<SeenKnock> Knocks { get; init; } = [];

    /// <summary>What a side said.</summary>
    public ReadOnlyMemory<byte> Stream(Side from) => from == Side.Client ? ToServer : ToClient;
}
