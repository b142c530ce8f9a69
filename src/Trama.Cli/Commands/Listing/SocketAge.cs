using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Listing;

/// <summary>
/// How long a connection has been there, as far as its counters tell: the kernel keeps no time of its beginning, but a clock for
/// each direction that starts with it and starts anew with each segment of data.
/// </summary>
/// <param name="Ns">Nanoseconds.</param>
/// <param name="IsExact">Whether it is that, not just at least that.</param>
internal readonly record struct SocketAge(long Ns, bool IsExact)
{
    private const long Millisecond = 1_000_000;
    private const long Microsecond = 1_000;

    /// <summary>The age of a connection; null when nothing tells it.</summary>
    public static SocketAge? Of(TcpSocket socket)
    {
        if (socket.Figures is not { } figures || socket.State is TcpSocketState.Listening or TcpSocketState.SynReceived) return null;
        if (socket.State == TcpSocketState.SynSent) return Opening(socket, figures);
        if (figures.DataSegmentsSent == 0) return new SocketAge(figures.SinceSentMs * Millisecond, IsExact: true);
        if (figures.DataSegmentsReceived == 0) return new SocketAge(figures.SinceReceivedMs * Millisecond, IsExact: true);
        uint silent = Math.Max(figures.SinceAcknowledgedMs, Math.Max(figures.SinceSentMs, figures.SinceReceivedMs));
        return new SocketAge(silent * Millisecond, IsExact: false);
    }

    // The waits that are over, some of them as long as the first and then each twice as long as the one before, and what is over of this
    // one (RFC 6298, section 5).
    private static SocketAge? Opening(TcpSocket socket, TcpFigures figures)
    {
        if (socket.Timer != SocketTimer.Retransmission || figures.Backoff > 20 || figures.Backoff > figures.Retries) return null;
        long wait = figures.RetransmissionTimeoutUs * Microsecond, first = wait >> figures.Backoff;
        long over = first * (figures.Retries - figures.Backoff) + first * ((1L << figures.Backoff) - 1);
        return new SocketAge(over + Math.Max(0, wait - socket.TimerMs * Millisecond), IsExact: true);
    }
}
