namespace Trama.Scrubbing.Mapping;

/// <summary>What a hash of the key is for: one use tells nothing of another.</summary>
public enum ScrubPurpose
{
    /// <summary>Bytes without a meaning.</summary>
    Filler,

    /// <summary>The bits of an IPv4 address.</summary>
    Ipv4,

    /// <summary>The bits of an IPv6 address.</summary>
    Ipv6,

    /// <summary>An address of a device.</summary>
    Hardware,

    /// <summary>A word.</summary>
    Word,

    /// <summary>An address in text whose stand-in must have the same length.</summary>
    AddressText,

    /// <summary>What proves who somebody is.</summary>
    Secret,
}
