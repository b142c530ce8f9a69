using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>Follows the streams of every connection as far as their senders got.</summary>
internal sealed class Flows
{
    private readonly Dictionary<(Endpoint From, Endpoint To), Stream> _streams = [];

    /// <summary>Takes note of a segment that sets out, and says where it stands in its stream.</summary>
    public Crossing Observe(Direction direction, ReadOnlySpan<byte> packet, in TcpSegment segment, long now)
    {
        (Endpoint, Endpoint) key = (segment.Source, segment.Destination);
        bool syn = (segment.Flags & TcpFlags.Syn) != 0;
        if (!_streams.TryGetValue(key, out Stream? stream) || (syn && segment.Sequence != stream.Start))
        {
            _streams[key] = stream = new Stream { Start = syn ? segment.Sequence : segment.Sequence + -1, };
        }

        bool fin = (segment.Flags & TcpFlags.Fin) != 0;
        int occupied = segment.PayloadLength + (syn ? 1 : 0) + (fin ? 1 : 0);
        long at = segment.Sequence - stream.Start;
        bool again = occupied > 0 && at + occupied <= stream.Sent;
        int index = stream.DataSegments;
        if (!again && segment.PayloadLength > 0) stream.DataSegments++;
        stream.Sent = Math.Max(stream.Sent, at + occupied);
        return new Crossing
        {
            Direction = direction,
            Packet = packet,
            Now = now,
            Source = segment.Source,
            Destination = segment.Destination,
            Flags = segment.Flags,
            Sequence = segment.Sequence,
            Acknowledgement = segment.Acknowledgement,
            Window = segment.Window,
            Length = segment.PayloadLength,
            Offset = syn ? 0 : at - 1,
            DataIndex = index,
            Again = again,
        };
    }

    private sealed class Stream
    {
        // The sequence number of the SYN, and how far behind it the sender got.
        public SequenceNumber Start { get; init; }

        public long Sent { get; set; }

        public int DataSegments { get; set; }
    }
}
