namespace Trama.Reports.Browsing;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Rows">The rows, in the order of the list.</param>
/// <param name="From">The place of the first in the list, from 0.</param>
/// <param name="Count">How many rows the list has.</param>
public readonly record struct Window<T>(IReadOnlyList<T> Rows, long From, long Count);
