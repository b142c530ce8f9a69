using System.Globalization;
using System.Text;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Packets.Transport;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder;

/// <summary>The words in a ladder, the same in every way of drawing it.</summary>
public sealed class LadderWords(Language language, bool ascii = false)
{
    private static readonly (TcpFlags Flag, string Name)[] FlagNames =
    [
        (TcpFlags.Syn, "SYN"), (TcpFlags.Fin, "FIN"), (TcpFlags.Rst, "RST"), (TcpFlags.Psh, "PSH"), (TcpFlags.Ack, "ACK"),
        (TcpFlags.Urg, "URG"), (TcpFlags.Ece, "ECE"), (TcpFlags.Cwr, "CWR"), (TcpFlags.Ae, "AE"),
    ];

    // Eight bytes with their characters.
    private const int HexColumns = 34;

    /// <summary>The name of a side.</summary>
    public string Name(Side side) => side == Side.Client ? Say("client", "cliente") : Say("server", "servidor");

    /// <summary>A segment's flags, relative numbers and length: <c>PSH ACK  seq 1  ack 1  len 15</c>.</summary>
    public string Segment(in TracedSegment segment)
    {
        var text = new StringBuilder();
        foreach ((TcpFlags flag, string name) in FlagNames)
            if ((segment.Flags & flag) != 0) text.Append(text.Length > 0 ? " " : "").Append(name);
        if (text.Length == 0) text.Append(Say("no flags", "sem flags"));

        bool moves = segment.Length > 0 || (segment.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0;
        if (moves) text.Append(CultureInfo.InvariantCulture, $"  seq {segment.Sequence}");
        if (segment.Acknowledgement is { } acknowledged) text.Append(CultureInfo.InvariantCulture, $"  ack {acknowledged}");
        if (segment.Length > 0) text.Append(CultureInfo.InvariantCulture, $"  len {segment.Length}");
        return text.ToString();
    }

    /// <summary>Whether a segment was sent again, and is not the same packet twice.</summary>
    public static bool IsSentAgain(SegmentMarks marks) =>
        (marks & (SegmentMarks.Retransmission | SegmentMarks.Copy)) == SegmentMarks.Retransmission;

    /// <summary>What is noteworthy about a segment; empty when nothing is.</summary>
    public string Marks(SegmentMarks marks)
    {
        string most = (marks & SegmentMarks.Copy) != 0 ? Say("copy of the same packet", "cópia do mesmo pacote")
            : (marks & SegmentMarks.SpuriousRetransmission) != 0
            ? Say("needless retransmission", "retransmissão desnecessária")
            : (marks & SegmentMarks.FastRetransmission) != 0 ? Say("fast retransmission", "retransmissão rápida")
            : (marks & SegmentMarks.Retransmission) != 0 ? Say("retransmission", "retransmissão")
            : (marks & SegmentMarks.OutOfOrder) != 0 ? Say("out of order", "fora de ordem")
            : (marks & SegmentMarks.ZeroWindowProbe) != 0 ? Say("zero window probe", "sonda de janela zero")
            : (marks & SegmentMarks.ZeroWindow) != 0 ? Say("window is 0: no room", "janela 0: sem espaço")
            : (marks & SegmentMarks.KeepAlive) != 0 ? "keep-alive"
            : (marks & SegmentMarks.KeepAliveAck) != 0 ? Say("keep-alive answer", "resposta ao keep-alive")
            : (marks & SegmentMarks.DuplicateAck) != 0 ? Say("repeated ack", "ack repetido")
            : (marks & SegmentMarks.AckOfUnseen) != 0 ? Say("acks bytes not captured", "confirma bytes não capturados")
            : (marks & SegmentMarks.WindowFull) != 0 ? Say("fills the window", "enche a janela")
            : (marks & SegmentMarks.WindowUpdate) != 0 ? Say("window opens", "janela abre")
            : "";
        if ((marks & SegmentMarks.Cut) == 0) return most;
        string cut = Say("cut by the capture", "cortado pela captura");
        return most.Length == 0 ? cut : most + ", " + cut;
    }

    /// <summary>The identifiers of the findings that a segment helps to prove; empty without any.</summary>
    public static string Found(IReadOnlyList<FindingId> findings) =>
        string.Join(", ", findings.Select(FindingNames.Of));

    /// <summary>What a message is: <c>request 1</c>, <c>reply 1 after 178 µs</c>; its size; its kind or first text.</summary>
    public (string Title, string Size, string Text) Message(Exchange exchange, Message message)
    {
        bool isRequest = ReferenceEquals(exchange.Request, message);
        bool isReply = ReferenceEquals(exchange.Reply, message);
        string title = isRequest ? Say("request", "pedido")
            : !isReply ? Say("interim reply", "resposta provisória")
            : exchange.Request is null ? Say("message", "mensagem") : Say("reply", "resposta");
        title = string.Create(CultureInfo.InvariantCulture, $"{title} {exchange.Index}");
        if (isReply && exchange.ServerNs is { } server)
            title += Say(" after ", " em ") + DurationText.Of(server, language, ascii);
        return (title, SizeText.Of(message.Bytes, language), Text(message));
    }

    /// <summary>What the framing calls a message, else its first bytes in quotes, or in hexadecimal.</summary>
    public string Text(Message message)
    {
        if (!message.Description.IsEmpty) return Printable(VisibleText.Of(message.Description.Span));
        if (message.Head.IsEmpty) return "";
        if (VisibleText.IsBinary(message.Head.Span)) return HexText.Of(message.Head.Span, HexColumns);
        string text = VisibleText.Of(message.Head.Span);
        bool more = message.Bytes > message.Head.Length;
        return ascii ? $"\"{Printable(text)}{(more ? "..." : "")}\"" : $"“{text}{(more ? "…" : "")}”";
    }

    /// <summary>The words of a pause.</summary>
    public string Pause(long nanoseconds) =>
        DurationText.Of(nanoseconds, language, ascii) + Say(" of silence", " de silêncio");

    /// <summary>The words for segments that must have been sent and were not seen.</summary>
    public string Unseen => Say("bytes before this were not seen yet", "bytes anteriores ainda não vistos");

    /// <summary>The words for segments that are not drawn.</summary>
    public string Omitted(long count) => Say(
        count == 1 ? "1 more segment is not drawn" : $"{count} more segments are not drawn",
        count == 1 ? "mais 1 segmento não desenhado" : $"mais {count} segmentos não desenhados");

    /// <summary>How the connection ended, who ended it and after what time.</summary>
    public string End(Connection connection)
    {
        string after = DurationText.Of((connection.ClosedAt ?? connection.LastAt) - connection.OpenedAt, language, ascii);
        return connection.State switch
        {
            ConnectionState.Closed when connection.ClosedBy is { } side => Say(
                $"closed: the {Name(side)} closed first; it lasted {after}", $"encerrada: o {Name(side)} encerrou primeiro; durou {after}"),
            ConnectionState.Closed => Say($"closed; it lasted {after}", $"encerrada; durou {after}"),
            ConnectionState.Reset when connection.ClosedBy is { } side => Say(
                $"reset by the {Name(side)} (RST) after {after}", $"interrompida pelo {Name(side)} (RST) após {after}"),
            ConnectionState.Reset => Say($"reset (RST) after {after}", $"interrompida (RST) após {after}"),
            ConnectionState.Refused => Say("refused: nobody listens on this port", "recusada: ninguém escuta nesta porta"),
            ConnectionState.Unanswered => Say($"no answer in {after}", $"sem resposta em {after}"),
            ConnectionState.Partial => Say(
                "the capture holds only a part of this connection", "a captura tem só uma parte desta conexão"),
            _ => Say($"still open when the capture ends, after {after}", $"ainda aberta no fim da captura, após {after}"),
        };
    }

    /// <summary>What a side does with its FIN or RST; empty for other segments.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="findings">What it helps to prove: a forged RST is nobody's here.</param>
    public string Closing(in TracedSegment segment, IReadOnlyList<FindingId> findings)
    {
        if ((segment.Flags & TcpFlags.Rst) != 0 && findings.Contains(FindingId.MiddleboxReset)) return Say(
            "forged on the way", "forjado no caminho");
        string side = Name(segment.From);
        return (segment.Flags & TcpFlags.Rst) != 0 ? Say($"the {side} resets", $"o {side} interrompe")
            : (segment.Flags & TcpFlags.Fin) != 0 ? Say($"the {side} closes", $"o {side} encerra")
            : "";
    }

    private string Say(string english, string portuguese) => Printable(language.Pick(english, portuguese));

    private string Printable(string text) => ascii ? TextWidth.ToAscii(text) : text;
}
