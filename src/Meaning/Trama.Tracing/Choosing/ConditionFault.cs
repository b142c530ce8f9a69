namespace Trama.Tracing.Choosing;

/// <summary>Why a condition is refused.</summary>
public enum ConditionFault : byte
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>Something is missing: a field, a value, a closing bracket.</summary>
    Incomplete,

    /// <summary>A character, or a word, has no place here.</summary>
    Unexpected,

    /// <summary>A quoted text has no end.</summary>
    OpenQuote,

    /// <summary>No field has this name.</summary>
    UnknownField,

    /// <summary>An operator is missing, or is not for this field.</summary>
    BadOperator,

    /// <summary>The field is compared with a number, or a number with another unit.</summary>
    NeedsNumber,

    /// <summary>The field is compared with a duration.</summary>
    NeedsDuration,

    /// <summary>The field is compared with a size.</summary>
    NeedsSize,

    /// <summary>The field is true or false.</summary>
    NeedsFlag,

    /// <summary>The pattern is none.</summary>
    BadPattern,

    /// <summary>Brackets are nested too deep.</summary>
    TooDeep,
}
