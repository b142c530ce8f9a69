using System.CommandLine;
using System.Globalization;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>The values of a command line's options, checked as they are asked for.</summary>
internal readonly struct OptionValues(ParseResult parse, Language language)
{
    /// <summary>Whether the option is there.</summary>
    public bool Has(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>How often the option is there.</summary>
    public int Count(Option option) => parse.GetResult(option) is { Implicit: false } result ? result.IdentifierTokenCount : 0;

    /// <summary>The value; null when the option is not there.</summary>
    public string? Text(Option<string> option) => parse.GetValue(option);

    /// <summary>The value as a whole number in this range; null when the option is not there.</summary>
    /// <exception cref="UserError">It is no such number.</exception>
    public long? Number(Option<string> option, long minimum, long maximum)
    {
        if (parse.GetValue(option) is not { } text) return null;
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        if (isNumber && number >= minimum && number <= maximum) return number;
        throw Wrong(
            $"{option.Name}: expected a number from {minimum} to {maximum}, got '{text}'",
            $"{option.Name}: esperava um número de {minimum} a {maximum}, veio '{text}'");
    }

    /// <summary>Where messages end; it is found out when the option is not given.</summary>
    /// <exception cref="UserError">There is no such framing.</exception>
    public FramingRule Framing(Option<string> option)
    {
        if (parse.GetValue(option) is not { } text) return FramingRule.Auto;
        if (FramingRuleParser.TryParse(text, out FramingRule? rule, out FramingRuleError error)) return rule;
        throw new UserError(FramingWords.Refusal(text, error, language), ExitCode.Usage);
    }

    /// <summary>To throw when the option cannot have this value; its help names those that it can have.</summary>
    public UserError Wrong(Option<string> option)
    {
        string told = UsageErrors.Wrong(option, option.Name, parse.GetValue(option) ?? "", language);
        return Wrong(told, told);
    }

    /// <summary>To throw when options do not go together.</summary>
    public UserError Wrong(string english, string portuguese) =>
        new($"{language.Pick(english, portuguese)} (trama {parse.CommandResult.Command.Name} --help)", ExitCode.Usage);
}
