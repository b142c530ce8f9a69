using Trama.Fleet.Tickets;

namespace Trama.Fleet.Joining;

/// <summary>The latest tickets of a partition, by their keys: an end that comes finds the other ends of its connection.</summary>
public sealed class TicketIndex
{
    /// <summary>How many tickets are kept; the oldest go.</summary>
    public const int MostTickets = 1 << 17;

    // The same addresses and ports at many sites, say; the latest count.
    private const int MostOfKey = 64;

    private readonly Dictionary<(TicketKind Kind, long Key), List<Ticket>> _byKey = [];
    private readonly Queue<(TicketKind Kind, long Key)> _order = [];

    /// <summary>Adds a ticket.</summary>
    /// <param name="by">The kind of the key under which it came.</param>
    /// <param name="ticket">The ticket.</param>
    /// <returns>The pairs that it makes, and that no other of its keys makes.</returns>
    public IReadOnlyList<Pair> Add(TicketKind by, Ticket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        if (ticket.KeyOf(by) is not { } key) return [];
        if (!_byKey.TryGetValue((by, key), out List<Ticket>? there)) _byKey[(by, key)] = there = [];
        // Under another of its keys it belongs to another partition, perhaps of another hub.
        Pair[] pairs = [.. there.Where(other => ticket.JoinedBy(other) == by).Select(other => Pair.Of(by, ticket, other))];
        // The later ticket of an end takes the place of its early one.
        if (there.FindIndex(ticket.IsOf) is >= 0 and var before)
        {
            there[before] = ticket;
            return pairs;
        }

        if (there.Count == MostOfKey) there.RemoveAt(0);
        else _order.Enqueue((by, key));
        there.Add(ticket);
        while (_order.Count > MostTickets)
        {
            (TicketKind, long) oldest = _order.Dequeue();
            List<Ticket> of = _byKey[oldest];
            of.RemoveAt(0);
            if (of.Count == 0) _byKey.Remove(oldest);
        }

        return pairs;
    }
}
