namespace Trama.Dump.Protocols.Application.Dhcp;

/// <summary>What is known of a DHCP option.</summary>
/// <param name="Encoding">How its value is encoded.</param>
/// <param name="Label">What it is called on a line.</param>
internal readonly record struct DhcpOption(DhcpEncoding Encoding, string Label);
