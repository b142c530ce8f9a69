using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What one side said before the other spoke.</summary>
internal sealed class Turn(Side from, int first, Timestamp firstAt, long start)
{
    /// <summary>Who spoke.</summary>
    public Side From { get; } = from;

    /// <summary>The place of its first segment in the chapter.</summary>
    public int First { get; } = first;

    /// <summary>When that was seen.</summary>
    public Timestamp FirstAt { get; } = firstAt;

    /// <summary>The first sequence number.</summary>
    public long Start { get; } = start;

    /// <summary>The place of its last segment.</summary>
    public int Last { get; private set; }

    /// <summary>When that was seen.</summary>
    public Timestamp LastAt { get; private set; }

    /// <summary>The sequence number after the last.</summary>
    public long End { get; private set; } = start;

    /// <summary>How many segments it took, repetitions aside.</summary>
    public int Segments { get; private set; }

    /// <summary>The longest silence between two of its segments, in nanoseconds.</summary>
    public long LongestPauseNs { get; private set; }

    public long Bytes => End - Start;

    /// <summary>Adds its next segment.</summary>
    public void Add(int index, Timestamp at, long end)
    {
        if (Segments > 0) LongestPauseNs = Math.Max(LongestPauseNs, at - LastAt);
        (Last, LastAt, End) = (index, at, Math.Max(End, end));
        Segments++;
    }
}
