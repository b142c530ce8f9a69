namespace Trama.Mcp.Answers;

/// <summary>What a call is answered.</summary>
/// <param name="Text">The answer, or why there is none, in JSON.</param>
/// <param name="IsRefusal">Whether there is none.</param>
internal readonly record struct ToolAnswer(string Text, bool IsRefusal);
