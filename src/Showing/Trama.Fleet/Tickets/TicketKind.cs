namespace Trama.Fleet.Tickets;

/// <summary>What a key is made of. The first that two ends have in common is the one under which they are joined.</summary>
public enum TicketKind : byte
{
    /// <summary>Both initial sequence numbers: they survive the translation of addresses.</summary>
    Numbers = 1,

    /// <summary>The first 64 bytes of both streams and the SYN's timestamp: they survive rewritten sequence numbers, too.</summary>
    Bytes = 2,

    /// <summary>The client's initial sequence number and the SYN's timestamp: all that there is of a SYN that nobody answered.</summary>
    Syn = 3,

    /// <summary>Both addresses and ports: all that is known in the middle of a connection.</summary>
    Tuple = 4,
}
