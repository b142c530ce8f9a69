using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Tunnel;

/// <summary>What stands between GRE and the frame that a switch mirrors: types I to III of ERSPAN (draft-foschiano-erspan).</summary>
public static class ErspanHeader
{
    /// <summary>The length of the header of type II, in bytes; type I has none.</summary>
    public const int Type2Length = 8;

    /// <summary>The length of the header of type III without its optional part, in bytes.</summary>
    public const int Type3Length = 12;

    private const int Type3OptionalLength = 8;
    private const int Type3FlagsAt = 10;
    private const ushort HasOptionalPart = 0x0001;

    /// <summary>How long the header of a mirrored frame is.</summary>
    /// <param name="gre">The GRE header around it: of type II the sequence number tells, which type I lacks.</param>
    /// <param name="bytes">What follows the GRE header.</param>
    /// <param name="length">The length, in bytes.</param>
    /// <returns>False when the capture ends before that can be told.</returns>
    public static bool TryMeasure(GreHeader gre, ReadOnlySpan<byte> bytes, out int length)
    {
        length = (gre.Flags & GreHeader.SequencePresent) != 0 ? Type2Length : 0;
        if (gre.Type != EtherType.Erspan3) return true;
        length = Type3Length;
        if (bytes.Length < Type3Length) return false;
        if ((BinaryPrimitives.ReadUInt16BigEndian(bytes[Type3FlagsAt..]) & HasOptionalPart) != 0) length += Type3OptionalLength;
        return true;
    }
}
