using System.Buffers.Binary;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>What a segment says in its options (RFC 9293 section 3.2, RFC 7323 sections 2.2 and 3.2, RFC 2018 section 3).</summary>
internal struct SegmentOptions
{
    private const byte End = 0;
    private const byte NoOperation = 1;
    private const byte SegmentSize = 2;
    private const byte Scale = 3;
    private const byte Sack = 5;
    private const byte Timestamp = 8;
    private const int MaxScale = 14;

    public int? MaximumSegmentSize { get; private set; }

    public int? WindowScale { get; private set; }

    public (SequenceNumber Left, SequenceNumber Right)? FirstSack { get; private set; }

    public SegmentTimestamps? Timestamps { get; private set; }

    public static SegmentOptions Read(ReadOnlySpan<byte> options)
    {
        var read = default(SegmentOptions);
        while (!options.IsEmpty && options[0] != End)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length) break;
            read.Take(options[0], options[2..options[1]]);
            options = options[options[1]..];
        }

        return read;
    }

    private void Take(byte kind, ReadOnlySpan<byte> data)
    {
        switch (kind)
        {
            case SegmentSize when data.Length == 2:
                MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(data);
                break;
            // RFC 7323 section 2.3: a larger shift counts as 14.
            case Scale when data.Length == 1:
                WindowScale = Math.Min((int)data[0], MaxScale);
                break;
            case Sack when data.Length >= 8:
                FirstSack = (Number(data), Number(data[4..]));
                break;
            case Timestamp when data.Length == 8:
                Timestamps = new SegmentTimestamps(BinaryPrimitives.ReadUInt32BigEndian(data),
                    BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
                break;
        }
    }

    private static SequenceNumber Number(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes));
}
