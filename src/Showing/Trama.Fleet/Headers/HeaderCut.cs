using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Fleet.Headers;

/// <summary>Finds where the headers of a packet end and what the programs said begins.</summary>
internal sealed class HeaderCut
{
    // The longest cooked header, an IP header, ICMP's, and of what it quotes an IP header and the ports and the sequence number; behind
    // a shorter link header a little more, which is still TCP's header.
    private const int ErrorBytes = 20 + 20 + 8 + 20 + 8;
    private const int Error6Bytes = 20 + 40 + 8 + 40 + 8;

    // Behind headers without payload only padding comes.
    private const int MaxHeaders = 192;

    private readonly SegmentDecoder _decoder = new();

    /// <summary>Looks at a packet.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="connection">A number that packets of a connection have in common.</param>
    /// <param name="flow">One that those of one direction have.</param>
    /// <param name="payload">What the program said in it, where the record has all of that; else empty.</param>
    /// <returns>How many of its bytes are headers; 0 when it has nothing to do with TCP, or comes in fragments.</returns>
    public int LengthOf(in Record record, out int connection, out int flow, out ReadOnlySpan<byte> payload)
    {
        (connection, flow) = (0, 0);
        payload = default;
        switch (_decoder.Decode(record, out TcpSegment segment))
        {
            case Decoded.Segment:
                (int source, int destination) = (segment.Source.GetHashCode(), segment.Destination.GetHashCode());
                (connection, flow) = (source ^ destination, HashCode.Combine(source, destination));
                if (segment.PayloadLength == 0) return Math.Min(record.Bytes.Length, MaxHeaders);
                if (segment.Payload.IsEmpty) return segment.HeaderLength - TcpHeader.MinimumLength > segment.Options.Length
                    ? 0 : Math.Min(record.Bytes.Length, MaxHeaders);
                if (!record.Bytes.Overlaps(segment.Payload, out int offset)) return 0;
                if (segment.Payload.Length == segment.PayloadLength) payload = record.Bytes.Slice(offset, segment.PayloadLength);
                return offset;
            case Decoded.QuotedSegment:
                flow = HashCode.Combine(_decoder.Quote.Reporter, _decoder.Quote.Source);
                connection = _decoder.Quote.Source.GetHashCode() ^ _decoder.Quote.Destination.GetHashCode();
                return Math.Min(record.Bytes.Length, _decoder.Quote.IsIpv6 ? Error6Bytes : ErrorBytes);
            default: return 0;
        }
    }
}
