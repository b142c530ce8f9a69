using System.CommandLine;
using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Replay.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary>Which differences between a recorded exchange and the one that was had now are a failure.</summary>
/// <param name="Outcome">Another outcome.</param>
/// <param name="Content">Another content.</param>
/// <param name="Times">More than so many times the recorded server time; null for any.</param>
internal readonly record struct DifferenceKinds(bool Outcome, bool Content, double? Times)
{
    // Below this, a processor that does something else for a moment is all the difference.
    private const long Unremarkable = 10_000_000;

    /// <summary>The option.</summary>
    public static Option<DifferenceKinds> Create(Language language) => new("--fail-on")
    {
        HelpName = "outcome,content,time×N",
        Description = language.Pick(
            "With --replay, end with 3 when an outcome or a content differs, or a reply takes more than N times as long",
            "Com --replay, termina com 3 quando um resultado ou um conteúdo difere, ou uma resposta leva mais de N vezes o tempo"),
        CustomParser = result => Parse(QuantityOptions.Value(result)) ?? QuantityOptions.Refuse<DifferenceKinds>(
            result, language, "outcome, content and time×N, separated by commas", "outcome, content e time×N, separados por vírgulas"),
    };

    /// <summary>Whether an exchange has a difference of these kinds.</summary>
    public bool Fails(PlayedExchange exchange) => (Outcome && !exchange.IsSameOutcome) || (Content && !exchange.IsSameContent)
        || (Times is { } times && exchange is { ServerNs: > Unremarkable and var now, Recorded.ServerNs: { } then } && now > then * times);

    private static DifferenceKinds? Parse(string text)
    {
        var kinds = default(DifferenceKinds);
        foreach (string kind in text.Split(','))
        {
            if (kind == "outcome") kinds = kinds with { Outcome = true };
            else if (kind == "content") kinds = kinds with { Content = true };
            else if (kind is ['t', 'i', 'm', 'e', '×' or 'x', .. string factor] && double.TryParse(
                factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double times) && times >= 1)
                kinds = kinds with { Times = times };
            else return null;
        }

        return kinds;
    }
}
