using System.CommandLine;
using System.CommandLine.Parsing;
using Trama.Cli.CommandLine;
using Trama.Replay.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary>The options that change requests before they are said again.</summary>
internal sealed class EditOptions
{
    private const string Header = "header:", Cookie = "cookie";

    private readonly Option<string[]> _set, _rewrite;
    private readonly Option<string> _carry;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="replay">The option that they need.</param>
    public EditOptions(BilingualCommand command, Language language, Option replay)
    {
        _set = Several(language, "--set", language.Pick("header:NAME=VALUE", "header:NOME=VALOR"), language.Pick(
            "With --replay, set this field in each request of HTTP; may be repeated",
            "Com --replay, define este campo em cada pedido HTTP; pode ser repetida"),
            text => text.StartsWith(Header, StringComparison.Ordinal) && text.IndexOf('=', StringComparison.Ordinal) > Header.Length,
            "header:NAME=VALUE", "header:NOME=VALOR");
        _rewrite = Several(language, "--rewrite", language.Pick("OLD=NEW", "VELHO=NOVO"), language.Pick(
            "With --replay, replace this text in requests: in HTTP by any, elsewhere by one of the same length; may be repeated",
            "Com --replay, troca este texto nos pedidos: no HTTP por qualquer um, no resto por um do mesmo tamanho; repetível"),
            text => text.IndexOf('=', StringComparison.Ordinal) > 0, "OLD=NEW", "VELHO=NOVO");
        command.Add(_set);
        command.Add(_rewrite);
        _carry = command.Value("--carry", Cookie,
            "With --replay, give back the cookies that replies set now, in the place of recorded ones",
            "Com --replay, devolve os cookies que as respostas definem agora, no lugar dos gravados");
        _carry.AcceptOnlyFromAmong(Cookie);
        OptionNeeds.Add(command, language, replay, _set, _rewrite, _carry);
    }

    /// <summary>What is changed.</summary>
    public RequestEdits Read(ParseResult parse) => new()
    {
        Headers = [.. parse.GetValue(_set)!.Select(text => Pair(text[Header.Length..])).Select(pair => (pair.Old, (string?)pair.New))],
        Rewrites = [.. parse.GetValue(_rewrite)!.Select(Pair)],
        CarriesCookies = parse.GetValue(_carry) is not null,
    };

    private static (string Old, string New) Pair(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..at], text[(at + 1)..]);
    }

    private static Option<string[]> Several(Language language, string name, string value, string description, Predicate<string> isRight,
        string english, string portuguese)
    {
        return new Option<string[]>(name)
        {
            HelpName = value,
            Description = description,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
            CustomParser = Parse,
        };

        string[] Parse(ArgumentResult result)
        {
            string[] texts = [.. result.Tokens.Select(token => token.Value)];
            if (Array.TrueForAll(texts, isRight)) return texts;
            result.AddError(language.Pick($"{name}: expected {english}", $"{name}: esperava {portuguese}"));
            return [];
        }
    }
}
