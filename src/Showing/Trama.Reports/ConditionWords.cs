using Trama.Framing;
using Trama.Tracing.Choosing;

namespace Trama.Reports;

/// <summary>Tells people what exchanges can be chosen by, and why a condition is refused.</summary>
public static class ConditionWords
{
    /// <summary>All fields, as a person writes them.</summary>
    public static string Names { get; } = string.Join(", ", ExchangeField.All.Select(field => field.Name));

    /// <summary>Why the text of a condition is refused, with its place marked below it.</summary>
    public static string Refusal(string text, ConditionError error, Language language)
    {
        // Each character of the text is shown as one, so that the mark stands below its place.
        string shown = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        string mark = new string(' ', error.Position) + "^";
        string column = language.Pick($"(column {error.Position + 1})", $"(coluna {error.Position + 1})");
        return $"--where: {Reason(error, language)} {column}\n  {VisibleText.Of(shown)}\n  {mark}";
    }

    private static string Reason(ConditionError error, Language language)
    {
        string subject = VisibleText.Of(error.Subject);
        return error.Fault switch
        {
            ConditionFault.Incomplete => language.Pick("something is missing here", "falta algo aqui"),
            ConditionFault.Unexpected => language.Pick($"'{subject}' has no place here", $"'{subject}' não cabe aqui"),
            ConditionFault.OpenQuote => language.Pick("the quoted text has no end", "o texto entre aspas não termina"),
            ConditionFault.UnknownField => language.Pick(
                $"unknown field '{subject}'; there are: {Names}", $"campo desconhecido '{subject}'; existem: {Names}"),
            ConditionFault.BadOperator => language.Pick(
                $"{subject} needs an operator that suits it", $"{subject} precisa de um operador que sirva para ele"),
            ConditionFault.NeedsNumber => language.Pick($"{subject} is compared with a number", $"{subject} se compara com um número"),
            ConditionFault.NeedsDuration => language.Pick(
                $"{subject} is compared with a duration: 200ms", $"{subject} se compara com uma duração: 200ms"),
            ConditionFault.NeedsSize => language.Pick(
                $"{subject} is compared with a size: 64KiB", $"{subject} se compara com um tamanho: 64KiB"),
            ConditionFault.NeedsFlag => language.Pick($"{subject} is true or false", $"{subject} é true ou false"),
            ConditionFault.BadPattern => language.Pick($"'{subject}' is no pattern", $"'{subject}' não é um padrão"),
            _ => language.Pick("brackets are nested too deep", "parênteses aninhados demais"),
        };
    }
}
