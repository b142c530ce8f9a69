using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>One connection of a capture: what both sides said, when, and how it ended. Times are nanoseconds since
/// <see cref="OpenedAt"/>.</summary>
public sealed record RecordedConnection
{
    /// <summary>Its number in the capture, from 1, as <c>trama trace</c> counts.</summary>
    public required long Id { get; init; }

    /// <summary>The client's address and port.</summary>
    public required Endpoint Client { get; init; }

    /// <summary>The server's address and port.</summary>
    public required Endpoint Server { get; init; }

    /// <summary>When its first packet was seen.</summary>
    public required Timestamp OpenedAt { get; init; }

    /// <summary>What became of it.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>The layers of its protocols, from the wire up; empty when no protocol was recognised.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The name of the protocol of its messages (<c>http2</c>); absent when none was recognised.</summary>
    public string? Protocol { get; init; }

    /// <summary>The name of the server in its TLS handshake; absent without.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether it spoke TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whether it spoke TLS that could not be decrypted: its messages are then records, and say nothing.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Whether one side said nothing that was captured, though the other did.</summary>
    public bool IsOneSided { get; init; }

    /// <summary>Its exchanges, in the order in which they began.</summary>
    public required IReadOnlyList<RecordedExchange> Exchanges { get; init; }

    /// <summary>The messages of its exchanges, by their times and each side's in order; put in order with each call.</summary>
    public IReadOnlyList<RecordedMessage> Messages => MessageOrder.Merge(Exchanges.SelectMany(exchange => exchange.Messages));

    /// <summary>Its bytes as they came, where messages interleave (HTTP/2) and their meaning depends on those before; else none.</summary>
    public IReadOnlyList<RecordedPiece> Pieces { get; init; } = [];

    /// <summary>How the client ended it.</summary>
    public RecordedEnd ClientEnd { get; init; }

    /// <summary>When <see cref="ClientEnd"/> was seen.</summary>
    public long? ClientEndNs { get; init; }

    /// <summary>How the server ended it.</summary>
    public RecordedEnd ServerEnd { get; init; }

    /// <summary>When <see cref="ServerEnd"/> was seen.</summary>
    public long? ServerEndNs { get; init; }

    /// <summary>When its last packet was seen.</summary>
    public long LastNs { get; init; }

    /// <summary>How many bytes of both sides the capture lacks.</summary>
    public long MissingBytes { get; init; }
}
