using Kinds = Trama.Tracing.Choosing.ConditionToken.Kinds;

namespace Trama.Tracing.Choosing;

/// <summary>
/// Reads a condition: comparisons of a field with a value, and fields that are true or false, joined by <c>and</c>, <c>or</c>,
/// <c>not</c> and brackets.
/// The first error ends it.
/// </summary>
/// <typeparam name="T">What a condition becomes.</typeparam>
internal sealed class ConditionParser<T>(string text, IConditionTerms<T> terms) where T : class
{
    private const int MaxDepth = 64;

    private readonly ConditionTokens _tokens = new(text);
    private int _depth;

    /// <summary>Whether a field was read that tells of a process.</summary>
    public bool NamesProcesses { get; private set; }

    /// <summary>Why the text is refused.</summary>
    public ConditionError Error { get; private set; }

    /// <summary>The condition; null when the text is refused.</summary>
    public T? Read()
    {
        T? condition = Either();
        if (condition is not null && _tokens.Current.Kind != Kinds.End) return Refuse(ConditionFault.Unexpected);
        return condition;
    }

    private T? Either()
    {
        T? condition = Both();
        while (condition is { } one && _tokens.Current.IsWord("or"))
        {
            _tokens.Next();
            condition = Both() is { } other ? terms.Or(one, other) : null;
        }

        return condition;
    }

    private T? Both()
    {
        T? condition = Term();
        while (condition is { } one && _tokens.Current.IsWord("and"))
        {
            _tokens.Next();
            condition = Term() is { } other ? terms.And(one, other) : null;
        }

        return condition;
    }

    private T? Term()
    {
        if (++_depth > MaxDepth) return Refuse(ConditionFault.TooDeep);
        T? condition;
        if (_tokens.Current.IsWord("not"))
        {
            _tokens.Next();
            condition = Term() is { } other ? terms.Not(other) : null;
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

    private T? Comparison()
    {
        ConditionToken name = _tokens.Current;
        if (name.Kind != Kinds.Word) return Refuse(Unexpected(name));
        if (ExchangeField.Named(name.Text) is not { } field) return Refuse(ConditionFault.UnknownField);
        NamesProcesses |= field.IsOfProcess;
        _tokens.Next();
        ConditionToken operation = _tokens.Current;
        bool isPattern = operation.Text is "~" or "!~";
        if (operation.Kind != Kinds.Operator && field.Kind == FieldKind.Flag) return terms.Flag(field, true);
        if (operation.Kind == Kinds.End) return Refuse(ConditionFault.Incomplete);
        bool fits = operation.Kind == Kinds.Operator
            && field.Kind switch { FieldKind.Text => true, FieldKind.Flag => operation.Text is "=" or "==" or "!=", _ => !isPattern };
        if (!fits) return Refuse(ConditionFault.BadOperator, field);
        _tokens.Next();
        ConditionToken value = _tokens.Current;
        if (value.Kind is not (Kinds.Word or Kinds.Quoted)) return Refuse(Unexpected(value));
        T? condition = isPattern ? Pattern(field, operation.Text == "~", value.Text) : Compared(field, operation.Text, value);
        if (condition is not null) _tokens.Next();
        return condition;
    }

    private T? Pattern(ExchangeField field, bool matches, string pattern)
    {
        try
        {
            return terms.Pattern(field, matches, pattern);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Refuse(ConditionFault.BadPattern);
        }
    }

    private T? Compared(ExchangeField field, string operation, ConditionToken value)
    {
        if (field.Kind == FieldKind.Flag)
        {
            if (!bool.TryParse(value.Text, out bool flag)) return Refuse(ConditionFault.NeedsFlag, field);
            return terms.Flag(field, flag == (operation != "!="));
        }

        bool isNumber = Quantity.TryParse(value.Text, out Quantity quantity) && value.Kind == Kinds.Word;
        bool isPlain = isNumber && quantity.Kind == FieldKind.Number;
        if (field.Kind == FieldKind.Text && !isPlain) return terms.Text(field, operation, value.Text);
        // A size needs no unit, and nothing needs one to be zero.
        bool fits = isPlain ? field.Kind != FieldKind.Duration || quantity.Value == 0 : isNumber && quantity.Kind == field.Kind;
        if (fits) return terms.Number(field, operation, quantity.Value);
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

    private T? Refuse(ConditionFault fault, ExchangeField? field = null)
    {
        Error = new ConditionError(fault, _tokens.Current.Start, field?.Name ?? _tokens.Current.Text);
        return null;
    }
}
