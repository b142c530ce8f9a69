using Trama.Tracing;

namespace Trama.Scrubbing.Checking;

/// <summary>What must be the same of a connection after a scrub.</summary>
/// <param name="State">How it stands or ended.</param>
/// <param name="OpenedAt">When its first packet was seen, in nanoseconds since the epoch.</param>
/// <param name="ToServer">Packets and bytes of the client.</param>
/// <param name="ToClient">Packets and bytes of the server.</param>
/// <param name="Exchanges">Its exchanges.</param>
internal sealed record ConnectionShape(
    ConnectionState State, long OpenedAt, (long Packets, long Bytes) ToServer, (long Packets, long Bytes) ToClient,
    IReadOnlyList<ExchangeShape> Exchanges)
{
    /// <summary>Its findings.</summary>
    public string Findings { get; init; } = "";

    /// <summary>What of another connection differs.</summary>
    public ShapeDifference? DifferenceFrom(long id, ConnectionShape? other)
    {
        if (other is null || State != other.State || OpenedAt != other.OpenedAt || ToServer != other.ToServer || ToClient != other.ToClient)
            return new ShapeDifference(id, 0, ShapePart.Connection);
        for (int index = 0; index < Math.Min(Exchanges.Count, other.Exchanges.Count); index++)
        {
            if (Exchanges[index] != other.Exchanges[index]) return new ShapeDifference(id, index + 1, ShapePart.Exchange);
        }

        if (Exchanges.Count != other.Exchanges.Count) return new ShapeDifference(id, 0, ShapePart.Count);
        return Findings == other.Findings ? null : new ShapeDifference(id, 0, ShapePart.Findings);
    }
}
