using Trama.Dump.Printers;

namespace Trama.Dump;

/// <summary>
/// The printers of the protocols that the engine itself does not know: applications, tunnels, routing. Filled before the first packet
/// by the project that holds them. A printer may keep what later lines depend on, so each <see cref="PacketPrinter"/> is given a registry
/// of its own.
/// </summary>
public sealed class PrinterRegistry
{
    /// <summary>What Ethernet and its relatives carry, by type.</summary>
    internal NumberedPrinters EtherTypes { get; } = new();

    /// <summary>What IP carries, by protocol number.</summary>
    internal NumberedPrinters IpProtocols { get; } = new();

    /// <summary>What TCP carries.</summary>
    internal PortPrinters TcpPorts { get; } = new();

    /// <summary>What UDP carries.</summary>
    internal PortPrinters UdpPorts { get; } = new();
}
