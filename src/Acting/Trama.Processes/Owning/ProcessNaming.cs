namespace Trama.Processes.Owning;

/// <summary>A process has got a name.</summary>
/// <param name="Process">The process.</param>
/// <param name="Parent">The process that made it; 0 when it was there before.</param>
/// <param name="Name">The name; null when it is new and has its parent's.</param>
internal readonly record struct ProcessNaming(int Process, int Parent, string? Name);
