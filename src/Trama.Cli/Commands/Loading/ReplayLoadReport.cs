using Trama.Framing;
using Trama.Peers.Loading;
using Trama.Replay.Loading;
using Trama.Replay.Sending;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Loading;

/// <summary>What came of a load of recorded clients, for people.</summary>
internal sealed class ReplayLoadReport(ReplayTally tally, TextOptions options)
{
    private const int Column = 14;

    private static readonly double[] Shares = [0.5, 0.9, 0.99];

    private readonly StyledText _text = new(options.Colour);
    private readonly Language _language = options.Language;

    /// <summary>The whole report; its lines end with LF.</summary>
    public string Draw()
    {
        Row(_language.Pick("connections", "conexões"), _language.Pick($"{tally.Connections}, up to {tally.MostAtATime} at a time",
            $"{tally.Connections}, até {tally.MostAtATime} ao mesmo tempo") + Ends());
        Row(_language.Pick("answered", "respondidos"), _language.Pick(
            $"{tally.Answered} of {tally.Requests}, {tally.OtherOutcomes} with another outcome than recorded",
            $"{tally.Answered} de {tally.Requests}, {tally.OtherOutcomes} com outro resultado que o gravado"));
        LatencyHistogram late = tally.Late;
        if (late.Count > 0) Row(_language.Pick("said late by", "atraso"), string.Join("  ",
            Shares.Select(share => $"p{share * 100:0} {Text(late.Percentile(share))}").Append($"max {Text(late.Max)}")));
        _text.EndLine();
        string then = _language.Pick("recorded", "gravado"), now = _language.Pick("now", "agora");
        var table = new TextTable((_language.Pick("OPERATION", "OPERAÇÃO"), false, 0), (_language.Pick("ASKED", "PEDIDOS"), true, 0),
            (_language.Pick("OTHER", "OUTROS"), true, 3), ($"P50 {then}", true, 0), (now, true, 0), ($"P90 {then}", true, 2),
            (now, true, 2), ($"P99 {then}", true, 1), (now, true, 1));
        foreach (OperationTally operation in tally.Operations) table.Add(
        [
            Name(operation), $"{operation.Requests}", $"{operation.OtherOutcomes}",
            .. Shares.SelectMany(share => new[] { Text(operation.Recorded(share)), Text(operation.Now.Percentile(share)) }),
        ]);
        table.Draw(_text, options);
        return _text.ToString();
    }

    private string Name(OperationTally operation) => operation.Name.IsEmpty ? _language.Pick("(others)", "(outras)")
        : VisibleText.Of(operation.Name.Span);

    private string Ends()
    {
        (long Count, string English, string Portuguese)[] ends =
        [
            (tally[PlayedEnd.NotConnected], "could not be made", "não puderam ser feitas"),
            (tally[PlayedEnd.Closed], "closed before all was said", "fechadas antes de tudo ser dito"),
            (tally[PlayedEnd.ReplyTimedOut], "without a reply in time", "sem resposta a tempo"),
            (tally.LeftOut, "left out, as many were open", "deixadas de fora, pois havia tantas abertas"),
        ];
        return string.Concat(ends.Where(end => end.Count > 0)
            .Select(end => $", {end.Count} {_language.Pick(end.English, end.Portuguese)}"));
    }

    private void Row(string name, string value) => _text.Add(name, TextStyle.Bold).PadTo(Column).Add(value).EndLine();

    private string Text(long? nanoseconds) => nanoseconds is { } known ? DurationText.Of(known, _language, options.Ascii) : "-";
}
