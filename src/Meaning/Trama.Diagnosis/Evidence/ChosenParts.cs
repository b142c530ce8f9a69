using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>The parts of a connection, by its packets, in which the exchanges lie that were told: those that were chosen
/// (<see cref="TracingOptions.Where"/>).</summary>
internal sealed class ChosenParts
{
    // Beyond so many, the last one goes on.
    private const int MaxParts = 1024;

    private readonly List<(long First, long Last)> _parts = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _parts.Count == 0;

    /// <summary>Adds an exchange: without a whole reply it lasts to the end of its connection.</summary>
    public void Add(Exchange exchange)
    {
        long first = long.MaxValue, last = 0;
        foreach (Message message in exchange.Messages)
        {
            if (message.Packets.Count == 0) continue;
            (first, last) = (Math.Min(first, message.Packets[0]), Math.Max(last, message.LastPacket));
        }

        if (exchange.Reply is not { IsComplete: true }) last = long.MaxValue;
        if (_parts.Count == 0 || (first > _parts[^1].Last && _parts.Count < MaxParts)) _parts.Add((first, last));
        else _parts[^1] = (Math.Min(_parts[^1].First, first), Math.Max(_parts[^1].Last, last));
    }

    /// <summary>Of what was found in the connection, what a packet in one of the parts proves, or no packet at all.</summary>
    public List<Finding> Of(List<Finding> findings) => IsEmpty ? []
        : [.. findings.Where(finding => finding.Packets.Count == 0 || finding.Packets.Any(IsIn))];

    /// <summary>Begins another connection.</summary>
    public void Clear() => _parts.Clear();

    private bool IsIn(long packet)
    {
        foreach ((long first, long last) in _parts)
            if (packet >= first && packet <= last) return true;
        return false;
    }
}
