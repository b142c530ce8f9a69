using System.Runtime.CompilerServices;

namespace Trama.Packets;

/// <summary>A point in time: nanoseconds since 1970-01-01 00:00:00 UTC, between the years 1677 and 2262.</summary>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // 146 years: farther apart than the times of a pcap file can be, and two such distances add up without a turn of sign.
    private const long Farthest = (1L << 62) - 1;

    /// <summary>Builds a timestamp from whole seconds and the nanoseconds after them, saturating at the ends of the range.</summary>
    public static Timestamp FromSeconds(long seconds, long nanoseconds)
    {
        Int128 total = (Int128)seconds * NanosecondsPerSecond + nanoseconds;
        return new Timestamp(total > long.MaxValue ? long.MaxValue : total < long.MinValue ? long.MinValue : (long)total);
    }

    /// <summary>Whole seconds since the epoch, rounded towards the past.</summary>
    public long Seconds => Math.DivRem(Nanoseconds, NanosecondsPerSecond) is var (quotient, rest) && rest < 0 ? quotient - 1 : quotient;

    /// <summary>The nanoseconds after <see cref="Seconds"/>, 0 to 999,999,999.</summary>
    public int SubsecondNanoseconds => (int)(Nanoseconds - Seconds * NanosecondsPerSecond);

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>The signed distance between two points in time, in nanoseconds, saturating at 146 years.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long operator -(Timestamp later, Timestamp earlier)
    {
        long distance = unchecked(later.Nanoseconds - earlier.Nanoseconds);
        // On the same side of the epoch no distance turns its sign.
        bool isPlain = (later.Nanoseconds ^ earlier.Nanoseconds) >= 0 && distance is >= -Farthest and <= Farthest;
        return isPlain ? distance : Saturate(later, earlier, distance);
    }

    private static long Saturate(Timestamp later, Timestamp earlier, long distance)
    {
        bool hasTurned = ((later.Nanoseconds ^ earlier.Nanoseconds) & (later.Nanoseconds ^ distance)) < 0;
        return hasTurned ? later.Nanoseconds < 0 ? -Farthest : Farthest : Math.Clamp(distance, -Farthest, Farthest);
    }

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.Nanoseconds >= right.Nanoseconds;
}
