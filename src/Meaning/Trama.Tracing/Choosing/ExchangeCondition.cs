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

    /// <summary>Whether it depends on the processes at the ends, which may become known only after an exchange is over.</summary>
    public bool NamesProcesses { get; private init; }

    /// <summary>Reads the text of a condition.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="condition">The condition; null when it is refused.</param>
    /// <param name="error">Why and where it is refused.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExchangeCondition? condition, out ConditionError error)
    {
        var parser = new ConditionParser<Condition>(text, new Comparisons());
        condition = parser.Read() is { } read ? new ExchangeCondition(text, read) { NamesProcesses = parser.NamesProcesses } : null;
        error = parser.Error;
        return condition is not null;
    }

    /// <summary>The condition made of other terms, such as those of another language.</summary>
    /// <typeparam name="T">What it becomes.</typeparam>
    public T In<T>(IConditionTerms<T> terms) where T : class => new ConditionParser<T>(Text, terms).Read()!;

    /// <summary>Whether the condition holds of an exchange.</summary>
    public bool HoldsOf(Connection connection, Exchange exchange) => _condition(connection, exchange);

    /// <summary>The condition where some exchanges are decided already, by the numbers of their connection and of themselves.</summary>
    internal ExchangeCondition With(IReadOnlyDictionary<(long Connection, long Exchange), bool> decided) => new(Text,
        (connection, exchange) => decided.TryGetValue((connection.Id, exchange.Index), out bool holds) ? holds
            : HoldsOf(connection, exchange));

    /// <summary>Conditions are the same when they are written alike.</summary>
    public override bool Equals(object? obj) => obj is ExchangeCondition other && other.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
