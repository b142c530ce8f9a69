using Trama.Packets.Decoding;

namespace Trama.Tracing;

/// <summary>Receives what a <see cref="ConnectionTracker"/> finds, as soon as it is known. Implement what is of interest.</summary>
public interface ITraceSink
{
    /// <summary>
    /// A connection was seen: its first packet, or what follows when that was a SYN without anything unusual. Those that stay half-open are
    /// told just before their end.
    /// </summary>
    void ConnectionOpened(Connection connection)
    {
    }

    /// <summary>
    /// An exchange is complete, or its connection ended. The exchange and its messages are reused after the call, unless the connection
    /// keeps them (<see cref="TracingOptions.KeepExchanges"/>).
    /// </summary>
    void ExchangeCompleted(Connection connection, Exchange exchange)
    {
    }

    /// <summary>The tracker lets go of a connection: it is over, or the capture is, or a limit was reached. It changes no more.</summary>
    void ConnectionEnded(Connection connection)
    {
    }

    /// <summary>Bytes of a stream, in order, each once.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="from">Who sent them.</param>
    /// <param name="offset">Where they start in the stream, from 0.</param>
    /// <param name="bytes">The bytes, valid during the call.</param>
    /// <param name="packet">The packet that carried them.</param>
    void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
    }

    /// <summary>Bytes that a layer of a connection carried to the one above it, decrypted where it is TLS: in order, each once.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="from">Who sent them.</param>
    /// <param name="piece">Where they come from.</param>
    /// <param name="bytes">The bytes, valid during the call; may be empty, where some are missing.</param>
    void CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>What a message says, in order, decoded where it is encoded; told when <see cref="TracingOptions.Bodies"/> asks for
    /// it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="from">Who says it.</param>
    /// <param name="piece">Where it comes from.</param>
    /// <param name="bytes">The bytes, valid during the call; may be empty, where some are missing or cannot be decoded.</param>
    void ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Bytes of a stream that will not come.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="from">Who sent them.</param>
    /// <param name="offset">Where they start in the stream, from 0.</param>
    /// <param name="length">How many are missing.</param>
    /// <param name="reason">Why.</param>
    void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
    }

    /// <summary>A segment of a connection, in the order of the capture, when <see cref="TracingOptions.TellSegments"/> asks for
    /// it.</summary>
    /// <param name="connection">The connection, as it was before the segment.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="payload">Its captured payload, valid during the call.</param>
    void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
    }

    /// <summary>An ICMP error about a segment of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="packet">The number of the packet that carried the error.</param>
    /// <param name="error">What it says.</param>
    void ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
    }
}
