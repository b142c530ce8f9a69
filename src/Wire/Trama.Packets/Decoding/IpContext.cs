using Trama.Packets.Network;

namespace Trama.Packets.Decoding;

/// <summary>What the innermost IP header so far said.</summary>
internal struct IpContext
{
    /// <summary>The sender.</summary>
    public IpAddress Source;

    /// <summary>The receiver.</summary>
    public IpAddress Destination;

    /// <summary>The protocol of what follows.</summary>
    public IpProtocol Protocol;

    /// <summary>The identification (IPv4) or the flow label (IPv6).</summary>
    public int Identification;

    /// <summary>How many more routers the packet may pass.</summary>
    public byte TimeToLive;

    /// <summary>Where the fragment at hand starts in its packet's payload, in bytes.</summary>
    public int FragmentOffset;

    /// <summary>Whether fragments follow the one at hand.</summary>
    public bool MoreFragments;

    /// <summary>The identification that the fragments of the packet share.</summary>
    public uint FragmentIdentification;
}
