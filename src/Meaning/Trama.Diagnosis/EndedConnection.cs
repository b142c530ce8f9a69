namespace Trama.Diagnosis;

/// <summary>A connection that ended, judged by itself; what it tells of the whole capture is read from its last chapter.</summary>
/// <param name="Chapter">The chapter.</param>
/// <param name="Evidence">What the rules read of it; null when it needed no look.</param>
/// <param name="Findings">What was found.</param>
/// <param name="IsLeftOut">Whether it has exchanges and none of them was chosen.</param>
internal sealed record EndedConnection(Chapter Chapter, ConnectionEvidence? Evidence, List<Finding> Findings, bool IsLeftOut);
