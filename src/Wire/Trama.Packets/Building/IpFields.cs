using Trama.Packets.Network;

namespace Trama.Packets.Building;

/// <summary>What an IP header that is to be written says; the version is that of the addresses.</summary>
/// <param name="Source">The sender's address.</param>
/// <param name="Destination">The receiver's address, of the same version.</param>
/// <param name="Protocol">What the packet carries.</param>
public readonly record struct IpFields(IpAddress Source, IpAddress Destination, IpProtocol Protocol)
{
    /// <summary>How many routers the packet may pass; 64 unless set.</summary>
    public byte TimeToLive { get; init; } = 64;

    /// <summary>The identification of an IPv4 packet.</summary>
    public ushort Identification { get; init; }

    /// <summary>Whether routers may not fragment an IPv4 packet.</summary>
    public bool DontFragment { get; init; }

    /// <summary>The length of the header, in bytes.</summary>
    public int HeaderLength => Source.IsIpv6 ? Ipv6Header.Length : Ipv4Header.MinimumLength;
}
