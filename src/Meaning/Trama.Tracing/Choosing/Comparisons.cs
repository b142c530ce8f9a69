using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Trama.Tracing.Choosing;

/// <summary>What the operators of a condition mean. What is absent compares false.</summary>
internal sealed class Comparisons : IConditionTerms<Condition>
{
    // A pattern takes time in proportion to the text; this is for one that is very long.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Condition Flag(ExchangeField field, bool value) =>
        (connection, exchange) => field.Number!(connection, exchange) is { } known && known != 0 == value;

    /// <inheritdoc/>
    public Condition Number(ExchangeField field, string operation, decimal value) => (connection, exchange) =>
    {
        long? found = field.Number is { } number ? number(connection, exchange) : Leading(field.Text!(connection, exchange));
        return found is { } known && Holds(operation, decimal.Compare(known, value));
    };

    /// <inheritdoc/>
    public Condition Text(ExchangeField field, string operation, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        return (connection, exchange) =>
        {
            ReadOnlySpan<byte> found = field.Text!(connection, exchange);
            return !found.IsEmpty && Holds(operation, found.SequenceCompareTo(text));
        };
    }

    /// <inheritdoc/>
    public Condition Pattern(ExchangeField field, bool matches, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LongestMatch);
        return (connection, exchange) =>
        {
            ReadOnlySpan<byte> found = field.Text!(connection, exchange);
            return !found.IsEmpty && regex.IsMatch(Encoding.UTF8.GetString(found)) == matches;
        };
    }

    /// <inheritdoc/>
    public Condition And(Condition one, Condition other) => (connection, exchange) =>
        one(connection, exchange) && other(connection, exchange);

    /// <inheritdoc/>
    public Condition Or(Condition one, Condition other) => (connection, exchange) =>
        one(connection, exchange) || other(connection, exchange);

    /// <inheritdoc/>
    public Condition Not(Condition one) => (connection, exchange) => !one(connection, exchange);

    private static long? Leading(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) ? number : null;

    private static bool Holds(string operation, int order) => operation switch
    {
        "=" or "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
