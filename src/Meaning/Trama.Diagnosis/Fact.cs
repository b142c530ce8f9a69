namespace Trama.Diagnosis;

/// <summary>A number that a rule used: evidence for people to check.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Nanoseconds, bytes, bytes a second, a count, or parts in a million, as the name says.</param>
public readonly record struct Fact(FactName Name, long Value);
