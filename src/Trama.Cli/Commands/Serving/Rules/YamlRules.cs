using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trama.Cli.Commands.Serving.Rules;

/// <summary>Reads rules from YAML: a sequence of mappings. Every scalar is a text.</summary>
internal static class YamlRules
{
    /// <summary>The rules of <paramref name="text"/>.</summary>
    /// <exception cref="RulesException">It is no YAML, or no sequence of mappings of texts.</exception>
    public static List<List<RuleMember>> Read(string text)
    {
        using var reader = new StringReader(text);
        var yaml = new Parser(reader);
        try
        {
            List<List<RuleMember>> rules = [];
            yaml.Consume<StreamStart>();
            yaml.TryConsume<DocumentStart>(out _);
            Take<SequenceStart>(yaml, "a list of rules, - …", "uma lista de regras, - …");
            while (!yaml.TryConsume<SequenceEnd>(out _))
            {
                Take<MappingStart>(yaml, "a rule, NAME: VALUE …", "uma regra, NOME: VALOR …");
                rules.Add(ReadRule(yaml));
            }

            yaml.Consume<DocumentEnd>();
            Take<StreamEnd>(yaml, "the end of the rules", "o fim das regras");
            return rules;
        }
        catch (YamlException error)
        {
            throw new RulesException(Place(error.Start), error.Message, error.Message);
        }
    }

    private static List<RuleMember> ReadRule(Parser yaml)
    {
        List<RuleMember> rule = [];
        while (!yaml.TryConsume<MappingEnd>(out _))
        {
            Scalar name = Take<Scalar>(yaml, "the name of a member", "o nome de um membro");
            Scalar value = Take<Scalar>(yaml, "a text", "um texto");
            rule.Add(new RuleMember(name.Value, Place(name.Start), value.Value, Place(value.Start)));
        }

        return rule;
    }

    private static T Take<T>(Parser yaml, string english, string portuguese)
        where T : ParsingEvent
    {
        if (yaml.Accept<T>(out _)) return yaml.Consume<T>();
        ParsingEvent other = yaml.Current!;
        (string came, string cameInPortuguese) = other switch
        {
            SequenceStart => ("a list", "uma lista"),
            MappingStart => ("a mapping", "um mapeamento"),
            AnchorAlias => ("an alias", "uma referência"),
            DocumentStart => ("another document", "outro documento"),
            Scalar scalar => ($"'{scalar.Value}'", $"'{scalar.Value}'"),
            _ => ("nothing", "nada"),
        };
        throw new RulesException(Place(other.Start), $"expected {english}, got {came}", $"esperava {portuguese}, veio {cameInPortuguese}");
    }

    private static TextPlace Place(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
