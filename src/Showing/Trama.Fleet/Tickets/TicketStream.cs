using Trama.Packets.Transport;

namespace Trama.Fleet.Tickets;

/// <summary>What an end knows of one direction of its connection.</summary>
/// <param name="Start">The sequence number that counts as 0; null when nothing was seen.</param>
/// <param name="Bytes">How many bytes followed.</param>
/// <param name="HasSyn">Whether that number is the SYN's.</param>
/// <param name="Head">Of how many first bytes there is a hash; 0 when the beginning was not seen.</param>
/// <param name="Hash">That hash: CRC-32C.</param>
public readonly record struct TicketStream(uint? Start, long Bytes, bool HasSyn, int Head, uint Hash)
{
    /// <summary>Whether both can be the same direction of the same connection.</summary>
    /// <param name="other">What the other end knows.</param>
    /// <param name="isRenumbered">Whether a device between them may have changed sequence numbers.</param>
    public bool Fits(in TicketStream other, bool isRenumbered)
    {
        // What was said differs where as much of it is known at both ends.
        if (HasSyn && other.HasSyn && Head == other.Head && Head > 0 && Hash != other.Hash) return false;
        if (isRenumbered || Start is not { } start || other.Start is not { } otherStart) return true;
        if (HasSyn && other.HasSyn) return start == otherStart;
        // Each begins before the other ends; which wraps at 2^32 (RFC 9293 section 3.4).
        return new SequenceNumber(End(start, Bytes)) - new SequenceNumber(otherStart) >= 0
            && new SequenceNumber(End(otherStart, other.Bytes)) - new SequenceNumber(start) >= 0;
    }

    /// <summary>Whether both know where they are.</summary>
    public bool Tells(in TicketStream other) => Start is not null && other.Start is not null;

    private static uint End(uint start, long bytes) => unchecked(start + (uint)Math.Min(bytes, int.MaxValue - 1) + 1);
}
