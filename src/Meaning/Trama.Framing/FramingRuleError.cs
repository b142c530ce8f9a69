namespace Trama.Framing;

/// <summary>Why and where the text of a framing is refused.</summary>
/// <param name="Fault">The reason.</param>
/// <param name="Position">The first character that is not understood, from 0; the length of the text when something is missing at its
/// end.</param>
public readonly record struct FramingRuleError(FramingRuleFault Fault, int Position);
