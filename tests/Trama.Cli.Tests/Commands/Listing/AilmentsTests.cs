using System.Net;
using Trama.Cli.Commands.Listing;
using Trama.Diagnosis;
using Trama.Processes.Sockets;

namespace Trama.Cli.Tests.Commands.Listing;

public class AilmentsTests
{
    private static readonly TcpFigures Figures =
        new() { PeerWindow = 65536, Window = 65536, DataSegmentsReceived = 1, DataSegmentsSent = 1 };

    [Fact]
    public void A_healthy_socket_has_none()
    {
        Assert.Null(Ailments.Of(Socket()));
        Assert.Null(Ailments.Of(Socket() with { ReceiveQueue = 100, Figures = Figures with { SinceReceivedMs = 999 } }));
        Assert.Null(Ailments.Of(Socket() with { SendQueue = 100, Timer = SocketTimer.Retransmission }));
        Assert.Null(Ailments.Of(Socket(TcpSocketState.Listening) with { ReceiveQueue = 5, SendQueue = 5 }));
        Assert.Null(Ailments.Of(Socket(TcpSocketState.TimeWait) with { Figures = null, Timer = SocketTimer.TimeWait }));
        Assert.Null(Ailments.Of(Socket(TcpSocketState.FinWait2)));
        Assert.Null(Ailments.Of(Socket() with { Timer = SocketTimer.Keepalive }));
    }

    [Fact]
    public void What_is_not_read_for_a_second_is_not_being_read()
    {
        TcpSocket unread = Socket() with { ReceiveQueue = 2048, Figures = Figures with { SinceReceivedMs = 1000 } };
        Assert.Equal((FindingId.ZeroWindow, "2048 B that the program does not read"), Told(unread));
        // A closed window says so at once.
        Assert.Equal(FindingId.ZeroWindow, Told(Socket() with { ReceiveQueue = 2048, Figures = Figures with { Window = 0 } }).Finding);
        // The end of the stream takes one place in the queue.
        Assert.Equal(FindingId.HalfClose, Told(unread with { State = TcpSocketState.CloseWait, ReceiveQueue = 1 }).Finding);
        Assert.Equal((FindingId.ZeroWindow, "2047 B that the program does not read"),
            Told(unread with { State = TcpSocketState.CloseWait }));
    }

    [Fact]
    public void A_peer_that_takes_nothing_is_told()
    {
        TcpSocket waiting = Socket() with { SendQueue = 500, Timer = SocketTimer.WindowProbe };
        Assert.Equal((FindingId.ZeroWindow, "500 B wait: the peer takes no more"), Told(waiting));
        Assert.Equal(FindingId.ZeroWindow,
            Told(waiting with { Timer = SocketTimer.None, Figures = Figures with { PeerWindow = 0 } }).Finding);
        Assert.Null(Ailments.Of(waiting with { SendQueue = 0 }));
    }

    [Fact]
    public void Tries_are_counted()
    {
        TcpSocket opening = Socket(TcpSocketState.SynSent) with { Timer = SocketTimer.Retransmission };
        Assert.Equal((FindingId.ConnectionFiltered, "first try, no answer yet"), Told(opening));
        Assert.Equal("try 3, no answer", Told(opening with { Figures = Figures with { Retries = 2 } }).Words);
        Assert.Equal(FindingId.PacketLoss, Told(Socket() with { Figures = Figures with { Retries = 1 } }).Finding);
        Assert.Equal(FindingId.PacketLoss, Told(Socket() with { Figures = Figures with { IsRecovering = true } }).Finding);
        Assert.Equal(
            (FindingId.PeerVanished, "sent 5 times more, no acknowledgement"),
            Told(Socket() with { Figures = Figures with { Retries = 5 } }));
        Assert.Equal(FindingId.KeepaliveFailure, Told(Socket() with { Timer = SocketTimer.Keepalive, TimerRuns = 2 }).Finding);
    }

    [Fact]
    public void A_socket_that_its_program_keeps_after_the_peer_closed_is_told() =>
        Assert.Equal(
            (FindingId.HalfClose, "the peer closed 3.00 s ago, the program has not"),
            Told(Socket(TcpSocketState.CloseWait) with { ReceiveQueue = 1, Figures = Figures with { SinceAcknowledgedMs = 3000 } }));

    [Fact]
    public void A_full_queue_of_connections_is_told() =>
        Assert.Equal(FindingId.BacklogOverflow, Told(Socket(TcpSocketState.Listening) with { ReceiveQueue = 6, SendQueue = 5 }).Finding);

    [Theory]
    // Nothing was sent, or nothing came, since the connection was made: its clock tells the age. Else the longest silence is the least
    // that it can be.
    [InlineData(0u, 1u, 5000u, 10u, 10u, 5000, true)]
    [InlineData(1u, 0u, 10u, 5000u, 10u, 5000, true)]
    [InlineData(1u, 1u, 10u, 20u, 30u, 30, false)]
    public void An_age_is_exact_or_a_lower_bound(uint sent, uint received, uint sinceSent, uint sinceReceived, uint sinceAck, long ms,
        bool isExact)
    {
        TcpSocket socket = Socket() with
        {
            Figures = Figures with
            {
                DataSegmentsSent = sent,
                DataSegmentsReceived = received,
                SinceSentMs = sinceSent,
                SinceReceivedMs = sinceReceived,
                SinceAcknowledgedMs = sinceAck,
            },
        };
        Assert.Equal(new SocketAge(ms * 1_000_000, isExact), SocketAge.Of(socket));
    }

    [Theory]
    // Each wait twice as long as the one before: 1 + 2 s are over, and 1 of 4. With waits of one second at first: 3 are over, and a half.
    [InlineData(2, 2, 4_000_000u, 3000u, 4000)]
    [InlineData(3, 0, 1_000_000u, 500u, 3500)]
    [InlineData(6, 2, 4_000_000u, 4000u, 7000)]
    [InlineData(0, 0, 1_000_000u, 1000u, 0)]
    public void A_connection_that_is_not_answered_is_as_old_as_its_waits(byte retries, byte backoff, uint waitUs, uint restMs, long ms)
    {
        TcpSocket socket = Socket(TcpSocketState.SynSent) with
        {
            Timer = SocketTimer.Retransmission,
            TimerMs = restMs,
            Figures = Figures with { Retries = retries, Backoff = backoff, RetransmissionTimeoutUs = waitUs },
        };
        Assert.Equal(new SocketAge(ms * 1_000_000, true), SocketAge.Of(socket));
        Assert.Null(SocketAge.Of(socket with { Figures = socket.Figures! with { Backoff = 200, Retries = 255 } }));
    }

    private static (FindingId Finding, string Words) Told(TcpSocket socket) =>
        Ailments.Of(socket) is { } ailment ? (ailment.Finding, ailment.English) : default;

    internal static TcpSocket Socket(TcpSocketState state = TcpSocketState.Established, int port = 40000) => new()
    {
        Local = new IPEndPoint(IPAddress.Parse("10.0.3.7"), 5432),
        Peer = new IPEndPoint(IPAddress.Parse("10.0.3.9"), port),
        State = state,
        Inode = (uint)port,
        Cookie = (ulong)port,
        Figures = Figures,
    };
}
