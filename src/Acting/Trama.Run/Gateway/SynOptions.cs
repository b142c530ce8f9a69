using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>What the options of a SYN say (RFC 9293 section 3.2, RFC 7323 section 2).</summary>
/// <param name="LargestSegment">The most payload of a segment, in bytes.</param>
/// <param name="Scale">By how many bits the window is scaled; null when it is not.</param>
internal readonly record struct SynOptions(int LargestSegment, int? Scale)
{
    /// <summary>How long the options are that <see cref="Write"/> writes, in bytes.</summary>
    public const int Length = 8;

    private const byte End = 0, Nothing = 1, SegmentSize = 2, WindowScale = 3;
    private const int StandardOfIpv4 = 536, StandardOfIpv6 = 1220, MostScale = 14;

    /// <summary>The headers of a packet without options, in bytes.</summary>
    public static int HeadersOf(bool isIpv6) => TcpHeader.MinimumLength + (isIpv6 ? Ipv6Header.Length : Ipv4Header.MinimumLength);

    /// <summary>Reads them; what is cut or malformed counts as not there.</summary>
    public static SynOptions Read(ReadOnlySpan<byte> options, bool isIpv6)
    {
        var result = new SynOptions(isIpv6 ? StandardOfIpv6 : StandardOfIpv4, null);
        while (options.Length >= 2 && options[0] != End)
        {
            int length = options[0] == Nothing ? 1 : options[1];
            if (length == 0 || length > options.Length) break;
            if (options[0] == SegmentSize && length == 4)
                result = result with { LargestSegment = Math.Max(BinaryPrimitives.ReadUInt16BigEndian(options[2..]), (ushort)64) };
            if (options[0] == WindowScale && length == 3) result = result with { Scale = Math.Min((int)options[2], MostScale) };
            options = options[length..];
        }

        return result;
    }

    /// <summary>Writes those of an answer.</summary>
    public static void Write(Span<byte> options, bool isIpv6, int largestPacket, int? scale)
    {
        options[0] = SegmentSize;
        options[1] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(options[2..], (ushort)(largestPacket - HeadersOf(isIpv6)));
        options[4] = scale is null ? Nothing : WindowScale;
        options[5] = scale is null ? Nothing : (byte)3;
        options[6] = scale is null ? Nothing : (byte)scale;
        options[7] = Nothing;
    }
}
