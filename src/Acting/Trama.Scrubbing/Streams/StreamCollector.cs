using Trama.Scrubbing.Content;
using Trama.Tracing;

namespace Trama.Scrubbing.Streams;

/// <summary>
/// Gathers what was said on each connection of a capture, and scrubs it when the connection is over; notes which packet belongs to which.
/// </summary>
/// <param name="scrubber">Scrubs a stream.</param>
/// <param name="cares">How careful to be with connections that came out differently before, by their numbers.</param>
/// <param name="maxBytes">How many bytes of streams to hold at most.</param>
internal sealed class StreamCollector(StreamScrubber scrubber, IReadOnlyDictionary<long, ScrubCare> cares, long maxBytes) : ITraceSink
{
    private readonly Dictionary<(long Connection, Side From), StreamBuffer> _open = [];
    private readonly Dictionary<(long Connection, Side From), ScrubbedStream> _scrubbed = [];
    private readonly List<(int Connection, Side From)> _owners = [];
    private long _held;

    /// <summary>What the tracker has to tell.</summary>
    public static TracingOptions Options { get; } = new() { TellSegments = true, HeadBytes = 0, MaxPacketNumbers = 1 };

    /// <summary>Whether there was more than could be held.</summary>
    public bool IsFull => _held > maxBytes;

    /// <summary>The stream that a packet belongs to; null where it has none.</summary>
    public ScrubbedStream? StreamOf(long packet) =>
        packet < _owners.Count && _scrubbed.TryGetValue(_owners[(int)packet], out ScrubbedStream? stream) ? stream : null;

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        if (segment.Length == 0) return;
        while (_owners.Count <= segment.Packet) _owners.Add(default);
        _owners[(int)segment.Packet] = ((int)connection.Id, segment.From);
    }

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (bytes.IsEmpty || IsFull) return;
        StreamBuffer buffer = Buffer(connection, from);
        // Bytes that are missing take as much room as those that are there.
        _held += 2 * Math.Max(0, offset + bytes.Length - buffer.Length);
        if (!IsFull) buffer.Add(offset, bytes);
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        foreach (Message message in exchange.Messages)
            Buffer(connection, message.From).Messages.Add(new MessagePlace(message.Offset, message.Bytes, message.Protocol));
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        foreach (Side from in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if (!_open.Remove((connection.Id, from), out StreamBuffer? buffer)) continue;
            if (connection.Stream(from).InitialSequence is not { } initial) continue;
            byte[] original = buffer.ToArray();
            byte[] scrubbed = [.. original];
            buffer.Messages.Sort((one, other) => one.At.CompareTo(other.At));
            scrubber.Scrub(
                scrubbed, connection.Layers, buffer.Messages, buffer.Pieces, from == Side.Server, cares.GetValueOrDefault(connection.Id));
            _scrubbed.Add((connection.Id, from), new ScrubbedStream(initial, original, scrubbed));
        }
    }

    private StreamBuffer Buffer(Connection connection, Side from)
    {
        if (!_open.TryGetValue((connection.Id, from), out StreamBuffer? buffer)) _open.Add((connection.Id, from), buffer = new());
        return buffer;
    }
}
