using System.Globalization;
using System.Net;
using System.Text;
using Trama.Framing;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Running.WithoutPackets;

/// <summary>A run of which no packets were seen, in words.</summary>
internal sealed class SocketWords(Language language)
{
    private const int MostUdp = 8, MostNobodys = 20;

    private int _count, _refused, _unanswered;

    /// <summary>
    /// The line of a connection: when, process, its two ends with the client first, bytes to the server and to the client, round trip,
    /// retransmissions, how it went.
    /// </summary>
    public string Line(SeenSocket socket)
    {
        _count++;
        if (socket.Outcome == SocketOutcome.Refused) _refused++;
        if (socket.Outcome == SocketOutcome.Unanswered) _unanswered++;
        return Text(socket);
    }

    private string Text(SeenSocket socket)
    {
        (TcpSocket last, TcpFigures? figures) = (socket.Last, socket.Last.Figures);
        string process = socket.Process is { } known ? $"{VisibleText.Of(known.Name)} {known.Id}" : "?";
        (IPEndPoint client, IPEndPoint server) = socket.IsServer ? (last.Peer, last.Local) : (last.Local, last.Peer);
        string sent = Size(figures?.BytesSent - figures?.BytesRetransmitted), received = Size(figures?.BytesReceived);
        (string up, string down) = socket.IsServer ? (received, sent) : (sent, received);
        string roundTrip = figures is { RttUs: > 0 and var rtt } ? $"rtt {DurationText.Of(rtt * 1000L, language)}" : "";
        DateTime at = DateTime.UnixEpoch.AddTicks(socket.At.Nanoseconds / TimeSpan.NanosecondsPerTick).ToLocalTime();
        return string.Create(CultureInfo.InvariantCulture,
            $"{at:HH:mm:ss.fff}\t{process}\t{client} > {server}\t{up}\t{down}\t{roundTrip}\t{Again(figures)}\t{How(socket)}\n");
    }

    /// <summary>The end of the run, after every line.</summary>
    public string Conclusion(TreeSockets sockets)
    {
        var text = new StringBuilder("trama: ").Append(CountWords.Connections(_count, language));
        if (_refused > 0) text.Append(language.Pick($", {_refused} refused", $", {_refused} recusadas"));
        if (_unanswered > 0) text.Append(language.Pick($", {_unanswered} unanswered", $", {_unanswered} sem resposta"));
        text.Append(language.Pick(", seen without packets: what was said, and what went wrong in it, is not known\n",
            ", vistas sem pacotes: o que foi dito, e o que deu errado nisso, não se sabe\n"));
        if (sockets.Udp.Count > 0) text.Append(language.Pick("trama: by UDP: ", "trama: por UDP: "))
            .AppendJoin(", ", sockets.Udp.Take(MostUdp).Select(Named)).Append(sockets.Udp.Count > MostUdp ? ", …\n" : "\n");
        text.Append(sockets.UnixSockets.Text(language));
        SeenSocket[] nobodys = [.. sockets.Nobodys];
        if (nobodys.Length > 0) text.Append(language.Pick(
            $"trama: {CountWords.Connections(nobodys.Length, language)} of this machine ended before it was known whose they were:\n",
            $"trama: {CountWords.Connections(nobodys.Length, language)} desta máquina terminaram antes de se saber de quem eram:\n"));
        foreach (SeenSocket socket in nobodys.Take(MostNobodys)) text.Append(Text(socket));
        if (!sockets.KnowsEnds) text.Append(language.Pick(
            "trama: the kernel did not tell of every end: connections may be missing, and last counts too low\n",
            "trama: o kernel não contou todos os fins: podem faltar conexões, e as últimas contagens ser baixas demais\n"));
        return text.ToString();
    }

    private string Size(ulong? bytes) => bytes is { } known ? SizeText.Of((long)known, language) : "";

    private string Again(TcpFigures? figures) => figures is not { Retransmissions: > 0 and var count } ? ""
        : language.Pick($"{CountWords.Segments(count, language)} sent again", $"reenvio de {CountWords.Segments(count, language)}");

    private string How(SeenSocket socket) => socket.Outcome switch
    {
        SocketOutcome.Refused => language.Pick("refused", "recusada"),
        SocketOutcome.Unanswered => language.Pick("unanswered", "sem resposta"),
        SocketOutcome.Ended => language.Pick("ended", "terminada"),
        _ => language.Pick("open", "aberta"),
    };

    private static string Named(IPEndPoint peer) => peer.Port == 53 ? $"{peer} (DNS)" : peer.ToString();
}
