using System.Globalization;
using Trama.Packets.Transport;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>The words in a joined ladder that a ladder from one capture does not need.</summary>
internal sealed class JoinedWords(Language language, bool ascii)
{
    private readonly LadderWords _words = new(language, ascii);

    /// <summary>The words that both have.</summary>
    public LadderWords Common => _words;

    private string PlusMinus => ascii ? "+-" : "±";

    /// <summary>What is said along an arrow: the segment, what became of it, and what is noteworthy at its sender; in parts.</summary>
    public string[] Label(JoinedRow row)
    {
        TracedSegment segment = row.Segment!.Value;
        JoinedSegment joined = row.Arrows[0].Segment;
        string[] parts = [_words.Segment(segment), row.IsRewritten ? Rewritten : Fate(joined)];
        // What only seems to be sent is no act of the sender's. And what the capture cut off was whole on the way.
        if (joined.Fate is not (SegmentFate.Duplicated or SegmentFate.Forged)) parts =
            [.. parts, _words.Marks(segment.Marks & ~SegmentMarks.Cut), _words.Closing(segment, [])];
        return [.. parts.Where(part => part.Length > 0)];
    }

    /// <summary>Whether an arrow stands for trouble.</summary>
    public static bool IsBad(JoinedRow row)
    {
        (TracedSegment segment, JoinedSegment joined) = (row.Segment!.Value, row.Arrows[0].Segment);
        return joined.Fate is not (SegmentFate.Delivered or SegmentFate.Unwatched) || joined.Overtaken
            || (segment.Flags & TcpFlags.Rst) != 0
            || (segment.Marks & SegmentMarks.ZeroWindow) != 0 || LadderWords.IsSentAgain(segment.Marks);
    }

    private string Rewritten => language.Pick("its address was rewritten on the way", "o endereço foi reescrito no caminho");

    /// <summary>What became of a segment on the way; empty when nothing did.</summary>
    private string Fate(in JoinedSegment segment) => segment.Fate switch
    {
        SegmentFate.Lost => language.Pick("lost on the way", "perdido no caminho"),
        SegmentFate.Duplicated => language.Pick("a copy made on the way", "cópia feita no caminho"),
        SegmentFate.Forged => language.Pick($"the {Sender(segment)} never sent this", $"o {Sender(segment)} nunca enviou isto"),
        SegmentFate.Unwatched => language.Pick("not in the other capture", "não está na outra captura"),
        _ => segment.Overtaken ? language.Pick("overtaken on the way", "ultrapassado no caminho") : "",
    };

    /// <summary>How long a segment was under way.</summary>
    public string Delay(in JoinedSegment segment) => segment.DelayNs is { } ns ? DurationText.Of(ns, language, ascii) : "";

    /// <summary>A message; of a reply that both captures have, what the server took as it was measured there.</summary>
    public (string Title, string Size, string Text) Message(JoinedConnection connection, JoinedRow row)
    {
        (string title, string size, string text) = _words.Message(row.Exchange!, row.Message!);
        bool isReply = !ReferenceEquals(row.Exchange!.Request, row.Message);
        if (!isReply) return (title, size, text);
        title = string.Create(CultureInfo.InvariantCulture, $"{language.Pick("reply", "resposta")} {row.Exchange.Index}");
        JoinedExchange? joined = connection.Exchanges.FirstOrDefault(exchange => ReferenceEquals(exchange.AtServer, row.Exchange));
        if (joined is null) return (title, size, text);
        title += language.Pick(" after ", " em ") + DurationText.Of(joined.ServerNs, language, ascii);
        // A kernel that takes its time is worth telling; the usual microseconds are not.
        if (joined.KernelNs is { } kernel && kernel * 10 > joined.ServerNs) title += language.Pick(
            $" (kernel {DurationText.Of(kernel, language, ascii)})", $" (kernel {DurationText.Of(kernel, language, ascii)})");
        return (title, size, text);
    }

    /// <summary>Which capture is which, and how the two clocks stand to each other; a line each.</summary>
    public IEnumerable<string> Captures(JoinedCapture captures, IReadOnlyList<string> files)
    {
        (string client, string server) = captures.FirstIsNearClients ? (files[0], files[1]) : (files[1], files[0]);
        string shared = captures.SharedConnections == 1 ? language.Pick("1 connection in both", "1 conexão nas duas")
            : language.Pick($"{captures.SharedConnections} connections in both", $"{captures.SharedConnections} conexões nas duas");
        yield return language.Pick($"{client} was taken nearer to the client, {server} nearer to the server; {shared}",
            $"{client} foi feita mais perto do cliente, {server} mais perto do servidor; {shared}");
        if (captures.Clock is { } clock) yield return Clock(clock, captures.FirstIsNearClients);
    }

    /// <summary>How the two clocks stand to each other, and how long the ways are; a line each.</summary>
    public IEnumerable<string> Notes(JoinedLadder ladder)
    {
        JoinedConnection connection = ladder.Connection;
        if (ladder.Part is { } part) yield return part.Words(language);
        if (ladder.Captures.Clock is { } clock) yield return Clock(clock, ladder.Captures.FirstIsNearClients);
        if (connection is { ToServer: { } there, ToClient: { } back })
            yield return language.Pick($"on the way: {Way(there)} to the server, {Way(back)} to the client",
                $"no caminho: {Way(there)} até o servidor, {Way(back)} até o cliente");
        if (connection.IsTranslated)
            yield return language.Pick($"translated on the way: the server sees {connection.AtServer!.Client} and is "
                + $"{connection.AtServer.Server}", $"traduzido no caminho: o servidor vê {connection.AtServer!.Client} e é "
                + $"{connection.AtServer.Server}");
    }

    /// <summary>How the connection ended: a line, or where it ended differently at either end, two.</summary>
    public IEnumerable<string> End(JoinedConnection connection)
    {
        if (connection is not { AtClient: { } atClient, AtServer: { } atServer })
        {
            Side missing = connection.AtClient is null ? Side.Client : Side.Server;
            yield return _words.End(connection.At(missing.Other())!);
            yield return language.Pick($"nothing of it in the {_words.Name(missing)}'s capture",
                $"nada dela na captura do {_words.Name(missing)}");
        }
        else if (atClient.State == atServer.State && atClient.ClosedBy == atServer.ClosedBy)
        {
            yield return _words.End(atClient);
        }
        else
        {
            yield return language.Pick("as the client saw it: ", "como o cliente viu: ") + _words.End(atClient);
            yield return language.Pick("as the server saw it: ", "como o servidor viu: ") + _words.End(atServer);
        }
    }

    private string Clock(ClockOffset clock, bool firstIsNearClient)
    {
        long ahead = firstIsNearClient ? clock.OffsetNs : -clock.OffsetNs;
        long within = Math.Max(clock.UncertaintyNs ?? 0, 1000);
        string drift = clock.Drift == 0 ? "" : (", " + DecimalText.Of(Math.Abs(clock.Drift) * 1e6, "0.#", language) + " ppm "
            + $"{(clock.Drift > 0 == firstIsNearClient ? language.Pick("faster", "mais rápido") : language.Pick("slower", "mais lento"))}");
        if (Math.Abs(ahead) <= within)
            return language.Pick($"the clocks agree within {DurationText.Of(within, language, ascii)}",
                $"os relógios concordam dentro de {DurationText.Of(within, language, ascii)}") + drift;
        string by = DurationText.Of(Math.Abs(ahead), language, ascii)
            + (clock.UncertaintyNs is { } ns ? $" {PlusMinus} {DurationText.Of(ns, language, ascii)}" : "");
        return language.Pick($"the server's clock is {by} {(ahead > 0 ? "ahead" : "behind")}",
            $"o relógio do servidor está {by} {(ahead > 0 ? "adiantado" : "atrasado")}") + drift;
    }

    private string Sender(in JoinedSegment segment) => _words.Name(segment.From);

    private string Way(OneWayDelay delay) => delay.MaxNs > delay.MinNs * 2
        ? $"{DurationText.Of(delay.MinNs, language, ascii)}{(ascii ? "-" : "–")}{DurationText.Of(delay.MaxNs, language, ascii)}"
        : DurationText.Of(delay.MedianNs, language, ascii);
}
