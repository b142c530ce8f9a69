using System.Text;
using System.Text.Json;

namespace Trama.Cli.Commands.Serving.Rules;

/// <summary>Reads rules from JSON; comments and trailing commas are allowed.</summary>
internal static class JsonRules
{
    /// <summary>The rules of <paramref name="text"/>.</summary>
    /// <exception cref="RulesException">It is no JSON, or no array of objects with texts.</exception>
    public static List<List<RuleMember>> Read(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions
        { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            List<List<RuleMember>> rules = [];
            if (text.Trim(" \t\r\n"u8).IsEmpty) throw new RulesException(new TextPlace(1, 1), "expected [ and rules, got nothing",
                "esperava [ e regras, veio nada");
            json.Read();
            Expect(JsonTokenType.StartArray, json, text, "[ and rules", "[ e regras");
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                Expect(JsonTokenType.StartObject, json, text, "a rule, {…}", "uma regra, {…}");
                rules.Add(ReadRule(ref json, text));
            }

            // Finds what follows the array and should not.
            json.Read();
            return rules;
        }
        catch (JsonException error)
        {
            // Its own text ends with where it is, in its own way of counting.
            string what = error.Message.Split(" LineNumber:")[0];
            throw new RulesException(Place(text, Start(text, error.LineNumber ?? 0) + (int)(error.BytePositionInLine ?? 0)), what, what);
        }
    }

    private static List<RuleMember> ReadRule(ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        List<RuleMember> rule = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string name = Text(json, text);
            TextPlace nameAt = At(json, text);
            json.Read();
            Expect(JsonTokenType.String, json, text, "a text, \"…\"", "um texto, \"…\"");
            rule.Add(new RuleMember(name, nameAt, Text(json, text), At(json, text)));
        }

        return rule;
    }

    private static string Text(in Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RulesException(At(json, text), "not Unicode: bytes that are no UTF-8, or half of a surrogate pair",
                "não é Unicode: bytes que não são UTF-8, ou meio par substituto");
        }
    }

    private static void Expect(JsonTokenType type, in Utf8JsonReader json, ReadOnlySpan<byte> text, string english, string portuguese)
    {
        if (json.TokenType == type) return;
        string came = json.TokenType switch
        {
            JsonTokenType.StartObject => "{",
            JsonTokenType.StartArray => "[",
            _ => Encoding.UTF8.GetString(json.ValueSpan),
        };
        throw new RulesException(At(json, text), $"expected {english}, got {came}", $"esperava {portuguese}, veio {came}");
    }

    private static TextPlace At(in Utf8JsonReader json, ReadOnlySpan<byte> text) => Place(text, (int)json.TokenStartIndex);

    private static TextPlace Place(ReadOnlySpan<byte> text, int offset)
    {
        ReadOnlySpan<byte> before = text[..Math.Min(offset, text.Length)];
        ReadOnlySpan<byte> line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return new TextPlace(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
    }

    // Where a line starts, counted from 0.
    private static int Start(ReadOnlySpan<byte> text, long line)
    {
        int start = 0;
        for (; line > 0; line--) start += text[start..].IndexOf((byte)'\n') + 1;
        return start;
    }
}
