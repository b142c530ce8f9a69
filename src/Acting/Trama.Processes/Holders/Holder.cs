namespace Trama.Processes.Holders;

/// <summary>A process that holds a socket.</summary>
/// <param name="Process">Its number.</param>
/// <param name="StartedTicks">When it started, in ticks since the machine did, as read before its descriptors were: a later process with
/// the same number has another.</param>
public readonly record struct Holder(int Process, ulong StartedTicks);
