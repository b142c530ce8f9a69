namespace Trama.Packets;

/// <summary>Where records come from: a capture file, a pipe or a live interface.</summary>
public interface IRecordSource : IDisposable
{
    /// <summary>
    /// Moves to the next record. <paramref name="record"/> is valid until the next call.
    /// </summary>
    /// <returns>
    /// False at the end of the source. Whether the end was a clean one is told by the source itself (a file that is cut
    /// gives every whole record first).
    /// </returns>
    bool TryRead(out Record record);
}
