using System.Text;
using System.Text.RegularExpressions;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving.Rules;

/// <summary>Reads the rules of <c>--rules</c>, in YAML or JSON: by the name of the file, else by how it begins.</summary>
internal sealed class RulesFile(string path, Language language)
{
    private const int MostBytes = 64 << 20;

    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);

    /// <summary>The rules, in the order of the file.</summary>
    /// <exception cref="UserError">The file cannot be read, or is wrong: with line and column.</exception>
    public List<Rule> Read()
    {
        try
        {
            ReadOnlySpan<byte> words = HeldFile.Read(path, MostBytes, language);
            if (words.StartsWith("\ufeff"u8)) words = words[3..];
            return [.. (IsJson(words) ? JsonRules.Read(words) : YamlRules.Read(Encoding.UTF8.GetString(words))).Select(Rule)];
        }
        catch (RulesException error)
        {
            throw new UserError($"{path}:{error.At.Line}:{error.At.Column}: "
                + $"{VisibleText.Of(language.Pick(error.Message, error.Portuguese))}");
        }
    }

    private bool IsJson(ReadOnlySpan<byte> text) => Path.GetExtension(path) switch
    {
        ".json" => true,
        ".yaml" or ".yml" => false,
        // An array, an object in its place, or a comment.
        _ => text.TrimStart(" \t\r\n"u8) is [(byte)'[' or (byte)'{' or (byte)'/', ..],
    };

    private static Rule Rule(List<RuleMember> members)
    {
        var rule = new Rule();
        foreach (RuleMember member in members)
        {
            string value = member.Value;
            if (members.First(other => other.Name == member.Name) != member) throw Wrong(
                member.NameAt, $"'{member.Name}' is there twice", $"'{member.Name}' aparece duas vezes");
            rule = member.Name switch
            {
                "text" => rule with { Text = value },
                "prefix" => rule with { Prefix = value },
                "regex" => rule with { Pattern = Pattern(member) },
                "reply" => rule with { Reply = value },
                "delay" => rule with
                {
                    Delay = Durations.TryParse(value, out TimeSpan delay)
                    ? delay : throw Expected(member, "a duration such as 500ms or 2s", "uma duração como 500ms ou 2s")
                },
                "then" => rule with { Then = Then(member) },
                _ => throw Wrong(
                    member.NameAt,
                    $"unknown member '{member.Name}'; there are: text, prefix, regex, reply, delay, then",
                    $"membro desconhecido '{member.Name}'; existem: text, prefix, regex, reply, delay, then"),
            };
        }

        return rule;
    }

    private static AfterReply Then(RuleMember member) => member.Value switch
    {
        "close" => AfterReply.Close,
        "reset" => AfterReply.Reset,
        _ => throw Expected(member, "close or reset", "close ou reset"),
    };

    private static Regex Pattern(RuleMember member)
    {
        try
        {
            // No message makes it take long, which other clients would have to wait for.
            return new Regex(member.Value, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LongestMatch);
        }
        catch (NotSupportedException)
        {
            return new Regex(member.Value, RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (RegexParseException error)
        {
            throw Wrong(
                member.ValueAt,
                $"not a regular expression: {error.Error} at its character {error.Offset}",
                $"não é uma expressão regular: {error.Error} no caractere {error.Offset} dela");
        }
    }

    private static RulesException Expected(RuleMember member, string english, string portuguese) =>
        Wrong(member.ValueAt, $"expected {english}, got '{member.Value}'", $"esperava {portuguese}, veio '{member.Value}'");

    private static RulesException Wrong(TextPlace at, string english, string portuguese) => new(at, english, portuguese);
}
