using System.Runtime.CompilerServices;

namespace Trama.Tracing.Sharding;

/// <summary>Measures a batch of steps: how many there are, and how many bytes they have.</summary>
internal struct BatchSize
{
    /// <summary>The most steps of a batch.</summary>
    public const int MaxSteps = 2048;

    /// <summary>The most bytes of a batch of more than one step.</summary>
    public const int UsualBytes = 512 * 1024;

    /// <summary>How many steps there are.</summary>
    public int Steps { get; private set; }

    /// <summary>How many bytes they have.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds a step; false when there is no more room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(int bytes)
    {
        if (Steps == MaxSteps || (Steps > 0 && Bytes + bytes > UsualBytes)) return false;
        Steps++;
        Bytes += bytes;
        return true;
    }
}
