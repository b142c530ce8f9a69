namespace Trama.Fleet.Asking;

/// <summary>A question that a hub has taken.</summary>
/// <param name="Path">What the names of its files and of its answers begin with.</param>
/// <param name="Question">The question.</param>
/// <param name="Sensors">Who is asked.</param>
public sealed record TakenQuestion(string Path, RowQuestion Question, IReadOnlyList<string> Sensors);
