using System.Diagnostics.CodeAnalysis;

namespace Trama.Tracing.Choosing;

/// <summary>Chooses exchanges, as a person writes it: <c>status>=500 or server>200ms</c>. What is unknown of an exchange compares
/// false.</summary>
public sealed class ExchangeCondition
{
    private readonly Condition _condition;

    private ExchangeCondition(string text, Condition condition) => (Text, _condition) = (text, condition);

    /// <summary>What the person wrote.</summary>
    public string Text { get; }

    /// <summary>Reads the text of a condition.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="condition">The condition; null when it is refused.</param>
    /// <param name="error">Why and where it is refused.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExchangeCondition? condition, out ConditionError error)
    {
        var parser = new ConditionParser(text);
        condition = parser.Read() is { } read ? new ExchangeCondition(text, read) : null;
        error = parser.Error;
        return condition is not null;
    }

    /// <summary>Whether the condition holds of an exchange.</summary>
    public bool HoldsOf(Connection connection, Exchange exchange) => _condition(connection, exchange);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
