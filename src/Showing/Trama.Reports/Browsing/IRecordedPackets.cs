namespace Trama.Reports.Browsing;

/// <summary>Gives packets of a capture once more: from its file, or from memory where it is live. It may be called on any thread, on one at
/// a time.</summary>
public interface IRecordedPackets
{
    /// <summary>Gives packets in order. Some may be missing: the file was cut meanwhile, or they are too old to be in memory.</summary>
    /// <param name="numbers">Their numbers in the capture, rising.</param>
    /// <param name="take">Takes each.</param>
    /// <param name="stop">Ends it early.</param>
    void Read(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop);
}
