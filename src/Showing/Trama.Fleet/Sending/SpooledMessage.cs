namespace Trama.Fleet.Sending;

/// <summary>A message in a spool, of which it is not known yet that a store holds it.</summary>
/// <param name="File">The number of its file.</param>
/// <param name="At">Where it stands there, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Sequence">Its place in that.</param>
/// <param name="Kind">What it tells of.</param>
public readonly record struct SpooledMessage(long File, long At, int Length, int Partition, long Sequence, FleetKind Kind);
