using Trama.Dump.Network;
using Trama.Packets.Network;

namespace Trama.Dump;

/// <summary>The IP header around a payload, for what printers of the payload need of it.</summary>
/// <param name="header">The packet from its IP header on.</param>
/// <param name="version">4 or 6.</param>
/// <param name="isFragment">Whether the payload is only the first part of what was sent.</param>
internal readonly ref struct IpEnvelope(PacketBytes header, int version, bool isFragment)
{
    /// <summary>The packet from its IP header on.</summary>
    public PacketBytes Header { get; } = header;

    /// <summary>4 or 6.</summary>
    public int Version { get; } = version;

    /// <summary>Whether the payload is only the first part of what was sent.</summary>
    public bool IsFragment { get; } = isFragment;

    /// <summary>The protocol that the IP header itself names, not that of an extension header behind it.</summary>
    public IpProtocol Protocol => (IpProtocol)Header.U8(Version == 6 ? Ipv6Header.NextHeaderAt : Ipv4Header.ProtocolAt);

    private int AddressLength => Version == 6 ? 16 : 4;

    private int SourceAt => Version == 6 ? Ipv6Header.SourceAt : Ipv4Header.SourceAt;

    /// <summary>The sender's address, in network order; empty, and the line cut, when it was not captured.</summary>
    public ReadOnlySpan<byte> Source => Header.Fetch(SourceAt, AddressLength);

    /// <summary>The receiver's address, in network order; empty, and the line cut, when it was not captured.</summary>
    public ReadOnlySpan<byte> Destination => Header.Fetch(SourceAt + AddressLength, AddressLength);

    /// <summary>Appends the sender's address.</summary>
    public void AppendSource(Dissection d)
    {
        if (Source is { Length: > 0 } address) d.Addresses.Append(IpAddress.FromBytes(address));
    }

    /// <summary>Appends the receiver's address.</summary>
    public void AppendDestination(Dissection d)
    {
        if (Destination is { Length: > 0 } address) d.Addresses.Append(IpAddress.FromBytes(address));
    }

    /// <summary>The checksum of the pseudo-header (RFC 9293 section 3.1, RFC 8200 section 8.1), to which the payload is added.</summary>
    /// <param name="protocol">The protocol of the payload.</param>
    /// <param name="length">The payload's length in bytes, with its header.</param>
    public InternetChecksum PseudoHeader(IpProtocol protocol, int length) =>
        default(InternetChecksum).Add(Source).Add(FinalDestination).Add((uint)protocol).Add((uint)length);

    /// <summary>The last hop of a source route or routing header, else the receiver.</summary>
    private ReadOnlySpan<byte> FinalDestination =>
        Version == 6 ? Ipv6Route.FinalDestination(Header) : Ipv4Options.FinalDestination(Header);
}
