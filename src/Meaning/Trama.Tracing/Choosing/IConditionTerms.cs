namespace Trama.Tracing.Choosing;

/// <summary>What a condition is made of, part by part. What is absent compares false.</summary>
/// <typeparam name="T">What it becomes.</typeparam>
public interface IConditionTerms<T>
{
    /// <summary>A field that is true, or false.</summary>
    T Flag(ExchangeField field, bool value);

    /// <summary>A field against a number: of a duration nanoseconds, of a size bytes; a text by the number that it begins with.</summary>
    T Number(ExchangeField field, string operation, decimal value);

    /// <summary>A text against another, by its bytes.</summary>
    T Text(ExchangeField field, string operation, string value);

    /// <summary>A text against a pattern.</summary>
    /// <exception cref="ArgumentException">It is no pattern, or one that cannot be matched in linear time.</exception>
    T Pattern(ExchangeField field, bool matches, string pattern);

    /// <summary>Both hold.</summary>
    T And(T one, T other);

    /// <summary>One holds, or both.</summary>
    T Or(T one, T other);

    /// <summary>It does not hold.</summary>
    T Not(T one);
}
