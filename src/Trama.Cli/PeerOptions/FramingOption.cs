using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary><c>--framing</c>: where messages end.</summary>
internal static class FramingOption
{
    private static readonly string Names = "raw, lines, delimiter:HEX, length:u8|u16be|u16le|u32be|u32le[+N], "
        + string.Join(", ", FramingRule.OfProtocols.Where(rule => !rule.NeedsBothSides).Select(rule => rule.Name));

    /// <summary>The option of a command that sees both sides; null when it is not given.</summary>
    public static Option<FramingRule?> OfBothSides(Language language) => new("--framing")
    {
        Description = language.Pick($"Where messages end: {FramingWords.Names}", $"Onde as mensagens terminam: {FramingWords.Names}"),
        HelpName = language.Pick("RULE", "REGRA"),
        CustomParser = result =>
        {
            string text = QuantityOptions.Value(result);
            if (FramingRuleParser.TryParse(text, out FramingRule? rule, out FramingRuleError error)) return rule;
            result.AddError(FramingWords.Refusal(text, error, language));
            return null;
        },
    };

    /// <summary>The option of a command that plays a peer; null when it is not given.</summary>
    /// <param name="language">The language of its help and errors.</param>
    /// <param name="standard">What holds without it.</param>
    public static Option<FramingRule?> Create(Language language, string standard) => new("--framing")
    {
        Description = language.Pick($"Where messages end: {Names} ({standard})", $"Onde as mensagens terminam: {Names} ({standard})"),
        HelpName = language.Pick("RULE", "REGRA"),
        CustomParser = result =>
        {
            string text = QuantityOptions.Value(result);
            if (!FramingRuleParser.TryParse(text, out FramingRule? rule, out FramingRuleError error))
            {
                result.AddError(error.Fault == FramingRuleFault.UnknownName
                    ? language.Pick($"--framing: expected one of {Names}, got '{text}'",
                        $"--framing: esperava um de {Names}, veio '{text}'")
                    : FramingWords.Refusal(text, error, language));
                return null;
            }

            if (!rule.NeedsBothSides) return rule;
            result.AddError(language.Pick(
                $"--framing: '{text}' is for who sees both sides; a peer takes one of {Names}",
                $"--framing: '{text}' é para quem vê os dois lados; um participante aceita um de {Names}"));
            return null;
        },
    };
}
