using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Turns the 64-bit counts of a pcapng interface into points in time.</summary>
/// <param name="UnitsPerSecond">The resolution.</param>
/// <param name="OffsetSeconds">Seconds added to every timestamp.</param>
internal readonly record struct InterfaceClock(ulong UnitsPerSecond, long OffsetSeconds)
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Microseconds since the epoch, as when a file says nothing else.</summary>
    public static InterfaceClock Microseconds => new(1_000_000, 0);

    /// <summary>Whether the resolution is finer than microseconds.</summary>
    public bool IsFine => UnitsPerSecond > 1_000_000;

    // 0 where a unit is no whole number of nanoseconds, or where an offset makes every timestamp take the long way.
    private readonly uint _nanosecondsPerUnit =
        OffsetSeconds == 0 && NanosecondsPerSecond % UnitsPerSecond == 0 ? (uint)(NanosecondsPerSecond / UnitsPerSecond) : 0;

    /// <summary>The resolution that the option's byte stands for; false where 64 bits cannot hold it.</summary>
    public static bool TryResolution(byte value, out ulong unitsPerSecond)
    {
        int power = value & 0x7F;
        unitsPerSecond = 1;
        if ((value & 0x80) != 0)
        {
            if (power > 63) return false;
            unitsPerSecond <<= power;
            return true;
        }

        if (power > 19) return false;
        while (power-- > 0) unitsPerSecond *= 10;
        return true;
    }

    /// <summary>The point in time of a count, cut to nanoseconds and to what a timestamp can hold.</summary>
    public Timestamp At(ulong count)
    {
        if (_nanosecondsPerUnit != 0 && count <= (ulong)long.MaxValue / _nanosecondsPerUnit) return new Timestamp(
            (long)(count * _nanosecondsPerUnit));
        (ulong seconds, ulong rest) = Math.DivRem(count, UnitsPerSecond);
        Int128 total = (Int128)seconds + OffsetSeconds;
        return Timestamp.FromSeconds(
            total > long.MaxValue ? long.MaxValue : (long)total, (long)((UInt128)rest * NanosecondsPerSecond / UnitsPerSecond));
    }
}
