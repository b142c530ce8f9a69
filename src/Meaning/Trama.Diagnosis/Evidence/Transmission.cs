namespace Trama.Diagnosis.Evidence;

/// <summary>A segment that takes up sequence numbers: with payload, SYN or FIN.</summary>
/// <param name="Index">Its place among the segments of the chapter.</param>
/// <param name="Start">Its first sequence number, relative and unwrapped.</param>
/// <param name="End">The one after its last.</param>
/// <param name="As">What it was.</param>
/// <param name="Original">The place of the transmission that it repeats, among the stream's; -1 without one.</param>
internal readonly record struct Transmission(int Index, long Start, long End, SentAs As, int Original);
