namespace Trama.Tracing.Choosing;

/// <summary>Why and where the text of a condition is refused.</summary>
/// <param name="Fault">The reason.</param>
/// <param name="Position">The first character that is not understood, from 0; the length of the text when something is missing at its
/// end.</param>
/// <param name="Subject">The word at that place, or the field that it is about; empty when there is none.</param>
public readonly record struct ConditionError(ConditionFault Fault, int Position, string Subject);
