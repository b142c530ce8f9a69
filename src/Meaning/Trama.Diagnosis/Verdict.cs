namespace Trama.Diagnosis;

/// <summary>The main cause over a whole capture.</summary>
/// <param name="Finding">One connection's finding of that cause, the worst.</param>
/// <param name="Connections">The numbers of the connections that have it, in order.</param>
public sealed record Verdict(Finding Finding, IReadOnlyList<long> Connections);
