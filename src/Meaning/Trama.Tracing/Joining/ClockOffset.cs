using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>How the clock of the second capture stands against that of the first.</summary>
/// <param name="Reference">The time of the first capture's clock at which <paramref name="OffsetNs"/> holds.</param>
/// <param name="OffsetNs">By how much the second clock is ahead, in nanoseconds.</param>
/// <param name="Drift">By how much faster it runs: seconds a second, such as 0.000050.</param>
/// <param name="UncertaintyNs">
/// How far the offset may be off, in nanoseconds: half the shortest round trip between the two vantage points, since nothing
/// tells how it is shared out between the two ways. Absent when packets went one way only.
/// </param>
public readonly record struct ClockOffset(Timestamp Reference, long OffsetNs, double Drift, long? UncertaintyNs)
{
    /// <summary>The second clock's lead at a time of the first clock, in nanoseconds.</summary>
    public long At(Timestamp first) => OffsetNs + (long)(Drift * (first - Reference));

    /// <summary>The time on the first clock when the second showed <paramref name="second"/>.</summary>
    public Timestamp ToFirst(Timestamp second)
    {
        // The lead is known by the first clock; a drift of a thousandth leaves an error of a millionth of it each time.
        var near = new Timestamp(second.Nanoseconds - OffsetNs);
        near = new Timestamp(second.Nanoseconds - At(near));
        return new Timestamp(second.Nanoseconds - At(near));
    }
}
