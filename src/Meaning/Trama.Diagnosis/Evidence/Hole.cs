namespace Trama.Diagnosis.Evidence;

/// <summary>Sequence numbers that were passed over.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Opener">The place, among the segments of the chapter, of the one that showed the hole.</param>
internal readonly record struct Hole(long Start, long End, int Opener);
