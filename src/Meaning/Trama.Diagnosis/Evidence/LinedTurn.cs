namespace Trama.Diagnosis.Evidence;

/// <summary>A turn of a conversation in lines.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Count">How many line feeds were captured of it.</param>
/// <param name="IsEnded">Whether its last captured byte is one.</param>
/// <param name="IsWhole">Whether the capture has all of it.</param>
internal readonly record struct LinedTurn(Turn Turn, int Count, bool IsEnded, bool IsWhole);
