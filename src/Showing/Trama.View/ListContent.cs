namespace Trama.View;

/// <summary>A list as it is at one moment, written for the width of a screen.</summary>
/// <param name="Title">What it is, for the line on top.</param>
/// <param name="Head">What stands above the rows and stays there.</param>
/// <param name="Rows">The rows, with their colours; a line end parts what takes more than one line.</param>
/// <param name="Plain">The rows without colours, for the one that is selected.</param>
/// <param name="Chosen">What it is restricted to, and its order; empty for all.</param>
public sealed record ListContent(string Title, string Head, IReadOnlyList<string> Rows, IReadOnlyList<string> Plain, string Chosen);
