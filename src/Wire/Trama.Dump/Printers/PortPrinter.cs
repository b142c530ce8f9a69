namespace Trama.Dump.Printers;

/// <summary>One row of a table of ports: which ports, what is spoken there, and how it is printed.</summary>
/// <param name="Name">The protocol, as people call it.</param>
/// <param name="Ports">The ports that it is known by.</param>
/// <param name="Print">Prints what a segment or datagram carries.</param>
internal sealed record PortPrinter(string Name, ushort[] Ports, PayloadPrinter Print)
{
    /// <summary>Tells whether a payload is the protocol's, where a port alone does not.</summary>
    public delegate bool Test(Payload payload);

    /// <summary>Whether only the receiver's port counts: a sender's may be any other program's.</summary>
    public bool IsSentToPort { get; init; }

    /// <summary>What else must hold of the payload; null when the port is enough.</summary>
    public Test? Claims { get; init; }

    /// <summary>Whether the checksum of the datagram around it is left out.</summary>
    public bool HidesChecksum { get; init; }
}
