using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>Options and arguments whose values are ports, numbers, durations and sizes, with errors for people.</summary>
internal static class QuantityOptions
{
    /// <summary>An option for a duration of at least <paramref name="least"/>; see <see cref="Durations"/>.</summary>
    public static Option<TimeSpan> Duration(Language language, string name, TimeSpan standard, string description,
        TimeSpan least = default) => new(name)
        {
            Description = description,
            HelpName = language.Pick("DURATION", "DURAÇÃO"),
            DefaultValueFactory = _ => standard,
            CustomParser = result => ParseDuration(result, language, least) ?? default,
        };

    /// <summary>An option for a duration of at least <paramref name="least"/> whose default depends on something else; null
    /// when it is not given.</summary>
    public static Option<TimeSpan?> OptionalDuration(Language language, string name, TimeSpan least, string description) => new(name)
    {
        Description = description,
        HelpName = language.Pick("DURATION", "DURAÇÃO"),
        CustomParser = result => result.Tokens.Count == 0 ? null : ParseDuration(result, language, least),
    };

    /// <summary>An option for a size in bytes; see <see cref="Sizes"/>.</summary>
    public static Option<long> Size(Language language, string name, long standard, string description) => new(name)
    {
        Description = description,
        HelpName = language.Pick("SIZE", "TAMANHO"),
        DefaultValueFactory = _ => standard,
        CustomParser = result => Sizes.TryParse(Value(result), out long bytes) && bytes > 0
            ? bytes
            : Refuse<long>(result, language, "a size such as 1024, 64KiB or 1MB", "um tamanho como 1024, 64KiB ou 1MB"),
    };

    /// <summary>An option for so many a second; see <see cref="Rates"/>.</summary>
    public static Option<double> Rate(Language language, string name, string description) => new(name)
    {
        Description = description,
        HelpName = language.Pick("RATE", "TAXA"),
        CustomParser = result => Rates.TryParse(Value(result), out double perSecond)
            ? perSecond
            : Refuse<double>(result, language, "a rate such as 2000/s, 50k/s or 30/m", "uma taxa como 2000/s, 50k/s ou 30/m"),
    };

    /// <summary>An option for a whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<int> Number(Language language, string name, int least, int most, int standard, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result => (int)(ParseNumber(result, language, least, most) ?? 0),
    };

    /// <summary>An option for a whole number from <paramref name="least"/> to <paramref name="most"/> whose default depends on something
    /// else; null when it is not given.</summary>
    public static Option<long?> OptionalNumber(Language language, string name, string value, long least, long most,
        params string[] aliases) => new(name, aliases)
        {
            HelpName = value,
            CustomParser = result => ParseNumber(result, language, least, most),
        };

    /// <summary>An argument for the port of another program, 1 to 65535.</summary>
    public static Argument<int> Port(Language language) => new("port")
    {
        Description = language.Pick("Its port, 1 to 65535", "A porta dele, de 1 a 65535"),
        HelpName = language.Pick("PORT", "PORTA"),
        CustomParser = result => (int)(ParseNumber(result, language, 1, 65535) ?? 0),
    };

    /// <summary>Refuses a value of an option or argument, saying what was expected and what came.</summary>
    public static T? Refuse<T>(ArgumentResult result, Language language, string expected, string expectedInPortuguese)
    {
        string name = result.Parent is OptionResult option
            ? option.IdentifierToken?.Value ?? option.Option.Name
            : result.Argument.HelpName ?? result.Argument.Name;
        result.AddError(language.Pick(
            $"{name}: expected {expected}, got '{Value(result)}'",
            $"{name}: esperava {expectedInPortuguese}, veio '{Value(result)}'"));
        return default;
    }

    /// <summary>The text that stands for the value; the last one counts.</summary>
    public static string Value(ArgumentResult result) => result.Tokens[^1].Value;

    private static TimeSpan? ParseDuration(ArgumentResult result, Language language, TimeSpan least)
    {
        if (!Durations.TryParse(Value(result), out TimeSpan duration)) return Refuse<TimeSpan?>(result, language,
            "a duration such as 500ms, 2s or 1m", "uma duração como 500ms, 2s ou 1m");
        if (duration >= least) return duration;
        string shortest = Durations.Format(least);
        return Refuse<TimeSpan?>(result, language, $"a duration of {shortest} or more", $"uma duração de {shortest} ou mais");
    }

    private static long? ParseNumber(ArgumentResult result, Language language, long least, long most) =>
        long.TryParse(Value(result), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : Refuse<long?>(result, language, $"a number from {least} to {most}", $"um número de {least} a {most}");
}
