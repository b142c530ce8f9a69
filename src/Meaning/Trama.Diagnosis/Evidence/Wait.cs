using Trama.Packets;

namespace Trama.Diagnosis.Evidence;

/// <summary>A connection that waited for its server.</summary>
/// <param name="Connection">Its number.</param>
/// <param name="Packet">The packet from which on.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
internal readonly record struct Wait(long Connection, long Packet, Timestamp From, Timestamp Until)
{
    /// <summary>Whether two waited at the same time.</summary>
    public bool Overlaps(in Wait other) => From <= other.Until && other.From <= Until;
}
