using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Reports;

namespace Trama.Cli.Commands.Loading;

/// <summary>The rate of a load: requests a second, or how many clients come in the place of a recorded one.</summary>
/// <param name="PerSecond">Requests a second; null for none.</param>
/// <param name="Times">Clients in the place of one; null for none.</param>
internal readonly record struct LoadRate(double? PerSecond, double? Times)
{
    private const double MostTimes = 1e6;

    /// <summary>The option.</summary>
    public static Option<LoadRate> Create(Language language) => new("--rate")
    {
        HelpName = language.Pick("RATE", "TAXA"),
        Description = language.Pick(
            "Requests a second, due whatever the server does: latency counts from when a request was due (default: ask "
                + "again once answered); with --replay ×N: so many clients in the place of each recorded one (default ×1)",
            "Pedidos por segundo, devidos faça o servidor o que fizer: a latência conta de quando um pedido era devido (padrão: pergunta "
                + "de novo quando respondido); com --replay ×N: tantos clientes no lugar de cada um gravado (padrão ×1)"),
        CustomParser = result => Parse(QuantityOptions.Value(result)) ?? Refused(result, language),
    };

    private static LoadRate Refused(ArgumentResult result, Language language) => QuantityOptions.Value(result) is ['×' or 'x', ..]
        ? QuantityOptions.Refuse<LoadRate>(
            result, language, "×N, such as ×10 or ×0.5, up to ×1000000", "×N, como ×10 ou ×0.5, até ×1000000")
        : QuantityOptions.Refuse<LoadRate>(result, language, "a rate such as 2000/s, 50k/s or 30/m, or with --replay ×N",
            "uma taxa como 2000/s, 50k/s ou 30/m, ou com --replay ×N");

    /// <summary>Reads a rate; null when it is none.</summary>
    public static LoadRate? Parse(string text)
    {
        if (Rates.TryParse(text, out double perSecond)) return new LoadRate(perSecond, null);
        return text is ['×' or 'x', .. string factor]
            && double.TryParse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double times)
            && times is > 0 and <= MostTimes ? new LoadRate(null, times) : null;
    }
}
