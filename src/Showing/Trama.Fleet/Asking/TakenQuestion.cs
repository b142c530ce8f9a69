namespace Trama.Fleet.Asking;

/// <summary>A question that a hub has taken.</summary>
/// <param name="Folder">Where its answers go.</param>
/// <param name="Question">The question.</param>
/// <param name="Sensors">Who is asked.</param>
public sealed record TakenQuestion(string Folder, RowQuestion Question, IReadOnlyList<string> Sensors);
