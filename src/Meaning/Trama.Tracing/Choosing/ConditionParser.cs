using Kinds = Trama.Tracing.Choosing.ConditionToken.Kinds;

namespace Trama.Tracing.Choosing;

/// <summary>
/// Reads a condition: comparisons of a field with a value, and fields that are true or false, joined by <c>and</c>, <c>or</c>,
/// <c>not</c> and brackets.
/// The first error ends it.
/// </summary>
internal sealed class ConditionParser(string text)
{
    private const int MaxDepth = 64;

    private readonly ConditionTokens _tokens = new(text);
    private int _depth;

    /// <summary>Why the text is refused.</summary>
    public ConditionError Error { get; private set; }

    /// <summary>The condition; null when the text is refused.</summary>
    public Condition? Read()
    {
        Condition? condition = Either();
        if (condition is not null && _tokens.Current.Kind != Kinds.End) return Refuse(ConditionFault.Unexpected);
        return condition;
    }

    private Condition? Either()
    {
        Condition? condition = Both();
        while (condition is { } one && _tokens.Current.IsWord("or"))
        {
            _tokens.Next();
            condition = Both() is { } other ? (connection, exchange) => one(connection, exchange) || other(connection, exchange) : null;
        }

        return condition;
    }

    private Condition? Both()
    {
        Condition? condition = Term();
        while (condition is { } one && _tokens.Current.IsWord("and"))
        {
            _tokens.Next();
            condition = Term() is { } other ? (connection, exchange) => one(connection, exchange) && other(connection, exchange) : null;
        }

        return condition;
    }

    private Condition? Term()
    {
        if (++_depth > MaxDepth) return Refuse(ConditionFault.TooDeep);
        Condition? condition;
        if (_tokens.Current.IsWord("not"))
        {
            _tokens.Next();
            condition = Term() is { } other ? (connection, exchange) => !other(connection, exchange) : null;
        }
        else if (_tokens.Current.Kind == Kinds.Open)
        {
            _tokens.Next();
            condition = Either();
            if (condition is not null && _tokens.Current.Kind != Kinds.Close) return Refuse(Unexpected(_tokens.Current));
            if (condition is not null) _tokens.Next();
        }
        else
        {
            condition = Comparison();
        }

        _depth--;
        return condition;
    }

    private Condition? Comparison()
    {
        ConditionToken name = _tokens.Current;
        if (name.Kind != Kinds.Word) return Refuse(Unexpected(name));
        if (ExchangeField.Named(name.Text) is not { } field) return Refuse(ConditionFault.UnknownField);
        _tokens.Next();
        ConditionToken operation = _tokens.Current;
        bool isPattern = operation.Text is "~" or "!~";
        if (operation.Kind != Kinds.Operator && field.Kind == FieldKind.Flag) return Comparisons.Flag(field, true);
        if (operation.Kind == Kinds.End) return Refuse(ConditionFault.Incomplete);
        bool fits = operation.Kind == Kinds.Operator
            && field.Kind switch { FieldKind.Text => true, FieldKind.Flag => operation.Text is "=" or "==" or "!=", _ => !isPattern };
        if (!fits) return Refuse(ConditionFault.BadOperator, field);
        _tokens.Next();
        ConditionToken value = _tokens.Current;
        if (value.Kind is not (Kinds.Word or Kinds.Quoted)) return Refuse(Unexpected(value));
        Condition? condition = isPattern ? Pattern(field, operation.Text == "~", value.Text) : Compared(field, operation.Text, value);
        if (condition is not null) _tokens.Next();
        return condition;
    }

    private Condition? Pattern(ExchangeField field, bool matches, string pattern)
    {
        try
        {
            return Comparisons.Pattern(field, matches, pattern);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Refuse(ConditionFault.BadPattern);
        }
    }

    private Condition? Compared(ExchangeField field, string operation, ConditionToken value)
    {
        if (field.Kind == FieldKind.Flag)
        {
            if (!bool.TryParse(value.Text, out bool flag)) return Refuse(ConditionFault.NeedsFlag, field);
            return Comparisons.Flag(field, flag == (operation != "!="));
        }

        bool isNumber = Quantity.TryParse(value.Text, out Quantity quantity) && value.Kind == Kinds.Word;
        bool isPlain = isNumber && quantity.Kind == FieldKind.Number;
        if (field.Kind == FieldKind.Text && !isPlain) return Comparisons.Text(field, operation, value.Text);
        // A size needs no unit, and nothing needs one to be zero.
        bool fits = isPlain ? field.Kind != FieldKind.Duration || quantity.Value == 0 : isNumber && quantity.Kind == field.Kind;
        if (fits) return Comparisons.Number(field, operation, quantity.Value);
        ConditionFault fault = field.Kind switch
        {
            FieldKind.Duration => ConditionFault.NeedsDuration,
            FieldKind.Size => ConditionFault.NeedsSize,
            _ => ConditionFault.NeedsNumber,
        };
        return Refuse(fault, field);
    }

    private static ConditionFault Unexpected(ConditionToken token) => token.Kind switch
    {
        Kinds.End => ConditionFault.Incomplete,
        Kinds.OpenQuote => ConditionFault.OpenQuote,
        _ => ConditionFault.Unexpected,
    };

    private Condition? Refuse(ConditionFault fault, ExchangeField? field = null)
    {
        Error = new ConditionError(fault, _tokens.Current.Start, field?.Name ?? _tokens.Current.Text);
        return null;
    }
}
