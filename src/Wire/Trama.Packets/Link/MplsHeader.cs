namespace Trama.Packets.Link;

/// <summary>Where the fields of an entry of MPLS' label stack are, RFC 3032 section 2.1.</summary>
public static class MplsHeader
{
    /// <summary>The length of an entry, in bytes.</summary>
    public const int Length = 4;

    /// <summary>Where label, traffic class, the bottom-of-stack bit and the time to live are, as 32 bits.</summary>
    public const int EntryAt = 0;

    /// <summary>The bit of the last entry of a stack.</summary>
    public const uint BottomOfStack = 0x100;
}
