using System.Buffers.Binary;

namespace Trama.Tracing.Tracking;

/// <summary>What a SYN announces in its options (RFC 9293 section 3.2, RFC 7323 section 2.2).</summary>
internal readonly record struct SynOptions(int? MaximumSegmentSize, int? WindowScale)
{
    private const byte End = 0;
    private const byte NoOperation = 1;
    private const byte SegmentSize = 2;
    private const byte Scale = 3;
    private const int MaxScale = 14;

    public static SynOptions Read(ReadOnlySpan<byte> options)
    {
        int? size = null, scale = null;
        while (!options.IsEmpty && options[0] != End)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length) break;
            if (options[0] == SegmentSize && options[1] == 4) size = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            // RFC 7323 section 2.3: a larger shift counts as 14.
            if (options[0] == Scale && options[1] == 3) scale = Math.Min((int)options[2], MaxScale);
            options = options[options[1]..];
        }

        return new SynOptions(size, scale);
    }
}
