namespace Trama.Fleet.Storing;

/// <summary>A time of which rows are missing, since they could not be written, or were left out on purpose.</summary>
/// <param name="From">Its beginning, in nanoseconds since the Unix epoch.</param>
/// <param name="To">Its end.</param>
/// <param name="Rows">How many.</param>
/// <param name="Reason">What the system said.</param>
public sealed record Gap(long From, long To, long Rows, string Reason);
