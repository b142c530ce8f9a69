using System.Text.Json;
using System.Text.RegularExpressions;
using Trama.Captures;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Reports;

namespace Trama.Cli.Serving;

/// <summary>Reads the rules of <c>--rules</c>: a JSON array of objects; comments and trailing commas are allowed.</summary>
internal sealed class RulesFile(string path, Language language)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);

    private byte[] _text = [];

    /// <summary>The rules, in the order of the file.</summary>
    /// <exception cref="UserError">The file cannot be read, or is wrong: with line and column.</exception>
    public List<Rule> Read()
    {
        try
        {
            _text = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureErrors.Describe(CaptureException.FromFileError(path, error), language);
        }

        if (_text.AsSpan().StartsWith("\ufeff"u8)) _text = _text[3..];
        var json = new Utf8JsonReader(_text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            return ReadAll(ref json);
        }
        catch (JsonException error)
        {
            // Its own text ends with where it is, in its own way of counting.
            string what = error.Message.Split(" LineNumber:")[0];
            throw At((int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1, what, what);
        }
    }

    private List<Rule> ReadAll(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) throw Wrong(json, "expected [ and rules", "esperava [ e regras");
        List<Rule> rules = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject) throw Wrong(json, "expected a rule, {…}", "esperava uma regra, {…}");
            rules.Add(ReadRule(ref json));
        }

        json.Read();
        return rules;
    }

    private Rule ReadRule(ref Utf8JsonReader json)
    {
        var rule = new Rule();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string name = json.GetString()!;
            Utf8JsonReader at = json;
            json.Read();
            if (json.TokenType != JsonTokenType.String) throw Wrong(json, $"'{name}' needs a text", $"'{name}' exige um texto");
            string value = json.GetString()!;
            rule = name switch
            {
                "text" => rule with { Text = value },
                "prefix" => rule with { Prefix = value },
                "regex" => rule with { Pattern = Pattern(json, value) },
                "reply" => rule with { Reply = value },
                "delay" => rule with { Delay = Durations.TryParse(value, out TimeSpan delay) ? delay : throw Wrong(json, "expected a duration such as 500ms or 2s", "esperava uma duração como 500ms ou 2s") },
                "then" => rule with { Then = Then(json, value) },
                _ => throw Wrong(
                    at,
                    $"unknown member '{VisibleText.Of(name)}'; there are: text, prefix, regex, reply, delay, then",
                    $"membro desconhecido '{VisibleText.Of(name)}'; existem: text, prefix, regex, reply, delay, then"),
            };
        }

        return rule;
    }

    private AfterReply Then(in Utf8JsonReader json, string value) => value switch
    {
        "close" => AfterReply.Close,
        "reset" => AfterReply.Reset,
        _ => throw Wrong(json, $"expected close or reset, got '{VisibleText.Of(value)}'", $"esperava close ou reset, veio '{VisibleText.Of(value)}'"),
    };

    private Regex Pattern(in Utf8JsonReader json, string value)
    {
        try
        {
            return new Regex(value, RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (RegexParseException error)
        {
            string what = $"{error.Error}, {error.Offset}";
            throw Wrong(json, $"not a regular expression: {what}", $"não é uma expressão regular: {what}");
        }
    }

    private UserError Wrong(in Utf8JsonReader json, string english, string portuguese)
    {
        ReadOnlySpan<byte> before = _text.AsSpan(0, (int)json.TokenStartIndex);
        return At(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), english, portuguese);
    }

    private UserError At(int line, int column, string english, string portuguese) => new(language.Pick(
        $"{path}: line {line}, column {column}: {english}",
        $"{path}: linha {line}, coluna {column}: {portuguese}"));
}
