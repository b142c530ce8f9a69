using Trama.Diagnosis;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Listing;

/// <summary>What can be seen to be wrong with a socket from one look at its queues, timers and counters.</summary>
internal static class Ailments
{
    // A program that reads what comes does so within this time: what came before and is still there is not being read.
    private const uint UnreadMs = 1000;

    // So many tries without any acknowledgement are more than lost segments: RFC 9293, section 3.8.3, calls three the first threshold.
    private const int VanishedTries = 3;

    /// <summary>What is wrong; null when nothing is.</summary>
    public static Ailment? Of(TcpSocket socket) => socket.State switch
    {
        TcpSocketState.Listening => Backlog(socket),
        TcpSocketState.SynSent => Unanswered(socket),
        TcpSocketState.TimeWait or TcpSocketState.Closed => null,
        _ => Unread(socket) ?? PeerFull(socket) ?? Retried(socket) ?? Kept(socket) ?? Leaking(socket),
    };

    private static Ailment? Backlog(TcpSocket socket) => socket.ReceiveQueue <= socket.SendQueue ? null : new Ailment(
        FindingId.BacklogOverflow,
        90,
        socket.ReceiveQueue == 1 ? "a connection waits for the program to accept it, and no more may"
            : $"{socket.ReceiveQueue} connections wait for the program to accept them, and no more may",
        socket.ReceiveQueue == 1 ? "uma conexão espera que o programa a aceite, e não cabem mais"
            : $"{socket.ReceiveQueue} conexões esperam que o programa as aceite, e não cabem mais");

    private static Ailment? Unread(TcpSocket socket)
    {
        // The end of the stream, in CLOSE-WAIT, takes one place in the queue.
        uint unread = socket.ReceiveQueue - (socket.State == TcpSocketState.CloseWait && socket.ReceiveQueue > 0 ? 1u : 0);
        if (unread == 0 || socket.Figures is not { } figures || (figures.SinceReceivedMs < UnreadMs && figures.Window != 0)) return null;
        return new Ailment(
            FindingId.ZeroWindow,
            80,
            $"{SizeText.Of(unread, Language.English)} that the program does not read",
            $"{SizeText.Of(unread, Language.Portuguese)} que o programa não lê");
    }

    private static Ailment? PeerFull(TcpSocket socket)
    {
        bool isFull = socket.Timer == SocketTimer.WindowProbe || socket.Figures is { Probes: > 0 } or { PeerWindow: 0 };
        if (!isFull || socket.SendQueue == 0 || socket.Timer == SocketTimer.Retransmission) return null;
        return new Ailment(
            FindingId.ZeroWindow,
            70,
            $"{SizeText.Of(socket.SendQueue, Language.English)} wait: the peer takes no more",
            $"{SizeText.Of(socket.SendQueue, Language.Portuguese)} esperam: o outro lado não aceita mais");
    }

    private static Ailment Unanswered(TcpSocket socket)
    {
        int tries = (socket.Figures?.Retries ?? socket.TimerRuns) + 1;
        return new Ailment(
            FindingId.ConnectionFiltered,
            60,
            tries == 1 ? "first try, no answer yet" : $"try {tries}, no answer",
            tries == 1 ? "primeira tentativa, ainda sem resposta" : $"tentativa {tries}, sem resposta");
    }

    private static Ailment? Retried(TcpSocket socket)
    {
        if (socket.Figures is not { } figures) return null;
        if (figures.Retries >= VanishedTries)
        {
            return new Ailment(
                FindingId.PeerVanished, 55, $"sent {figures.Retries} times more, no acknowledgement",
                $"reenviado {figures.Retries} vezes, sem confirmação");
        }

        if (figures.Retries == 0 && !figures.IsRecovering) return null;
        return new Ailment(FindingId.PacketLoss, 50, "segments are being sent again", "há segmentos sendo reenviados");
    }

    private static Ailment? Kept(TcpSocket socket) => socket.Timer != SocketTimer.Keepalive || socket.TimerRuns == 0 ? null : new Ailment(
        FindingId.KeepaliveFailure,
        45,
        $"{socket.TimerRuns} keepalive probes without an answer",
        $"{socket.TimerRuns} sondas de keepalive sem resposta");

    private static Ailment? Leaking(TcpSocket socket)
    {
        if (socket.State != TcpSocketState.CloseWait) return null;
        if (socket.Figures is not { } figures)
            return new Ailment(FindingId.HalfClose, 40, "the peer closed, the program has not", "o outro lado fechou, o programa não");
        long since = figures.SinceAcknowledgedMs * 1_000_000L;
        return new Ailment(
            FindingId.HalfClose,
            40,
            $"the peer closed {DurationText.Of(since, Language.English)} ago, the program has not",
            $"o outro lado fechou há {DurationText.Of(since, Language.Portuguese)}, o programa não");
    }
}
