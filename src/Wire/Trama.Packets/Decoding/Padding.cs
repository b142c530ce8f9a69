using System.Runtime.CompilerServices;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// Tells the padding of a short frame from payload. Some devices count it in the IP length when they fill a bare acknowledgement, a SYN,
/// FIN or RST up to the shortest frame that Ethernet carries; the sequence numbers do not advance with it.
/// </summary>
internal static class Padding
{
    // The 46 bytes that the shortest frame carries, without the shortest headers of IP and TCP.
    private const int Longest = 6;

    private const TcpFlags Pushed = TcpFlags.Psh | TcpFlags.Urg;

    // One zero byte is a keep-alive probe (RFC 9293 section 3.8.4).
    private const int Shortest = 2;

    /// <summary>Takes padding off a segment: two to six zero bytes, all captured. Data so short would be pushed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TakeOff(ref TcpSegment segment)
    {
        if (segment.PayloadLength is >= Shortest and <= Longest && (segment.Flags & Pushed) == 0) TakeOffZeros(ref segment);
    }

    private static void TakeOffZeros(ref TcpSegment segment)
    {
        if (segment.HeaderLength + segment.PayloadLength > TcpHeader.MinimumLength + Longest) return;
        if (segment.Payload.Length < segment.PayloadLength || segment.Payload.ContainsAnyExcept((byte)0)) return;
        segment.Payload = default;
        segment.PayloadLength = 0;
    }
}
