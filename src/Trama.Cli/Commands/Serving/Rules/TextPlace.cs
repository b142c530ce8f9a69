namespace Trama.Cli.Commands.Serving.Rules;

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character of the line, from 1.</param>
internal readonly record struct TextPlace(int Line, int Column);
