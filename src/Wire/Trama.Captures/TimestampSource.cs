namespace Trama.Captures;

/// <summary>A clock that timestamps can come from.</summary>
/// <param name="Name">The name that chooses it, such as <c>adapter</c>.</param>
/// <param name="Description">What it is.</param>
public sealed record TimestampSource(string Name, string Description);
