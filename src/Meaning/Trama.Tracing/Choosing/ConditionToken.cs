namespace Trama.Tracing.Choosing;

/// <summary>A word of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Text">What it says, without quotes.</param>
internal readonly record struct ConditionToken(ConditionToken.Kinds Kind, int Start, string Text)
{
    /// <summary>Kinds of words.</summary>
    internal enum Kinds : byte
    {
        End,
        Word,
        Quoted,
        Operator,
        Open,
        Close,
        OpenQuote,
        Other,
    }

    public bool IsWord(string word) => Kind == Kinds.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
