using Trama.Packets;

namespace Trama.Tracing.Findings.Evidence;

/// <summary>What one side said before the other spoke.</summary>
/// <param name="From">Who spoke.</param>
/// <param name="First">The place of its first segment in the chapter.</param>
/// <param name="Last">The place of its last one.</param>
/// <param name="FirstAt">When the first was seen.</param>
/// <param name="LastAt">When the last was seen.</param>
/// <param name="Start">The first sequence number.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Segments">How many segments it took, repetitions aside.</param>
internal sealed record Turn(Side From, int First, int Last, Timestamp FirstAt, Timestamp LastAt, long Start, long End, int Segments)
{
    public long Bytes => End - Start;
}
