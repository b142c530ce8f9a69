using Trama.Packets.Building;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>What is sent to the command's end of a connection, as if the other end had sent it.</summary>
/// <param name="link">The way to the command's network.</param>
/// <param name="near">The command's end.</param>
/// <param name="distant">The other end.</param>
internal sealed class NearSide(InsideLink link, Endpoint near, Endpoint distant)
{
    // The window is scaled by so many bits, where both sides scale (RFC 7323 section 2).
    private const int Scale = 8;

    /// <summary>See <see cref="OwnNetworkSettings.Intercept"/>.</summary>
    public Interceptor? Intercept => link.Intercept;

    /// <summary>Answers a segment that belongs to no connection (RFC 9293 section 3.10.7.1).</summary>
    public static void Deny(InsideLink link, in TcpSegment segment) => link.Send(segment.Destination, segment.Source, new TcpFields(
        segment.Destination.Port, segment.Source.Port, segment.Acknowledgement, default, TcpFlags.Rst, 0), [], []);

    /// <summary>Sends the SYN, or the SYN-ACK, whose window is never scaled.</summary>
    public void Open(SequenceNumber start, SequenceNumber acknowledged, long window, bool isFirst, bool scales)
    {
        Span<byte> options = stackalloc byte[SynOptions.Length];
        SynOptions.Write(options, distant.Address.IsIpv6, link.LargestPacket, scales ? Scale : null);
        link.Send(distant, near, new TcpFields(distant.Port, near.Port, start, acknowledged,
            isFirst ? TcpFlags.Syn : TcpFlags.Syn | TcpFlags.Ack, (ushort)Math.Min(window, ushort.MaxValue)), options, []);
    }

    /// <summary>Sends a segment.</summary>
    public void Send(
        TcpFlags flags, SequenceNumber at, SequenceNumber acknowledged, long window, bool scales, ReadOnlySpan<byte> payload)
    {
        int scale = scales ? Scale : 0;
        // Rounded up: a window of less than one unit is still open.
        ushort field = (ushort)Math.Min(ushort.MaxValue, window + (1L << scale) - 1 >> scale);
        link.Send(distant, near, new TcpFields(distant.Port, near.Port, at, acknowledged, flags, field), [], payload);
    }

    /// <summary>Tells how the other end, or the way to it, declined.</summary>
    public void Refuse(Refusal refusal, ReadOnlySpan<byte> opening, SequenceNumber expected)
    {
        if (refusal == Refusal.Reset)
        {
            link.Send(distant, near, new TcpFields(distant.Port, near.Port, default, expected, TcpFlags.Rst | TcpFlags.Ack, 0), [], []);
            return;
        }

        bool isIpv6 = distant.Address.IsIpv6;
        link.Send(UnreachableMessage.Of(Unreachable.Reporter(distant.Address), opening, Unreachable.Code(refusal, isIpv6)));
    }
}
