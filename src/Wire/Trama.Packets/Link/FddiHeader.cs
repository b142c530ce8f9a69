namespace Trama.Packets.Link;

/// <summary>Where the fields of an FDDI header are, ISO 9314-2.</summary>
public static class FddiHeader
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 13;

    /// <summary>Where the kind of the frame is.</summary>
    public const int FrameControlAt = 0;

    /// <summary>Where the receiver's address is; the sender's follows.</summary>
    public const int DestinationAt = 1;

    /// <summary>The bits at <see cref="FrameControlAt"/> that tell class, address length and format.</summary>
    public const byte KindMask = 0xf0;

    /// <summary>Those bits of a frame that carries LLC.</summary>
    public const byte LogicalLink = 0x50;
}
