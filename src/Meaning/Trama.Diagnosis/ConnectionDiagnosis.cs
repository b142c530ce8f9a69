using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>What was found about one connection.</summary>
/// <param name="Id">The number of the connection in the capture, from 1.</param>
/// <param name="Client">The client's address and port.</param>
/// <param name="Server">The server's address and port.</param>
public sealed record ConnectionDiagnosis(long Id, Endpoint Client, Endpoint Server)
{
    /// <summary>What became of it.</summary>
    public ConnectionState State { get; init; }

    /// <summary>When the first packet was seen.</summary>
    public Timestamp OpenedAt { get; init; }

    /// <summary>When the last packet was seen.</summary>
    public Timestamp LastAt { get; init; }

    /// <summary>The client's process, as far as it is known.</summary>
    public SideProcess? ClientProcess { get; init; }

    /// <summary>The server's process, as far as it is known.</summary>
    public SideProcess? ServerProcess { get; init; }

    /// <summary>What was found, causes before their consequences, worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The segments around the packets that prove the first finding, in order; a few.</summary>
    public IReadOnlyList<TracedSegment> Excerpt { get; init; } = [];
}
