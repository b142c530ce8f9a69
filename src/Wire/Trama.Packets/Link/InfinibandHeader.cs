namespace Trama.Packets.Link;

/// <summary>
/// Where the fields are of a record of IP over InfiniBand (RFC 4391): a global routing header, then that of the encapsulation.
/// </summary>
public static class InfinibandHeader
{
    /// <summary>The length of both, in bytes.</summary>
    public const int Length = 44;

    /// <summary>Where the type of what follows is; two reserved bytes are behind it.</summary>
    public const int TypeAt = 40;
}
