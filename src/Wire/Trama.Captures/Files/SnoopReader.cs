using System.Buffers.Binary;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Reads snoop files, RFC 1761, which Solaris and some devices write.</summary>
internal sealed class SnoopReader : RecordReader
{
    private const int HeaderLength = 16, VersionAt = 8, LinkAt = 12, Version = 2;
    private const int RecordHeaderLength = 24, OriginalAt = 0, CapturedAt = 4, RecordAt = 8, SecondsAt = 16, MicrosecondsAt = 20;

    private readonly LinkType _linkType;

    /// <summary>Reads the file header, of which the first eight bytes are known to be right.</summary>
    public SnoopReader(InputWindow input) : base(input)
    {
        if (!input.Ensure(HeaderLength))
        {
            Stop(CaptureFault.FileHeaderCut, HeaderLength, input.Available);
            return;
        }

        uint version = Field(VersionAt), link = Field(LinkAt);
        if (version != Version)
        {
            Stop(CaptureFault.UnsupportedVersion, version);
            return;
        }

        if (FindLinkType(link) is not { } linkType)
        {
            Stop(CaptureFault.UnsupportedLinkType, found: link);
            return;
        }

        _linkType = linkType;
        Interfaces.Add(new CaptureInterface(linkType, LinkTypes.MaximumLength(linkType)));
        input.Advance(HeaderLength);
    }

    /// <summary>Whether a file that starts with these bytes is a snoop file.</summary>
    public static bool Recognises(InputWindow input) => input.Ensure(8) && input.Bytes.StartsWith("snoop\0\0\0"u8);

    /// <inheritdoc/>
    public override bool TryRead(out Record record)
    {
        record = default;
        if (End is not null) return false;
        InputWindow input = Input;
        if (!input.Ensure(RecordHeaderLength))
            return input.Available == 0 ? Finish() : Stop(CaptureFault.RecordHeaderCut, RecordHeaderLength, input.Available);
        uint original = Field(OriginalAt), captured = Field(CapturedAt), whole = Field(RecordAt);
        uint maximum = (uint)LinkTypes.MaximumLength(_linkType);
        if (captured > maximum) return Stop(CaptureFault.LongerThanMaximum, maximum, captured);
        // Records are filled up, to a length that each tells.
        if (whole < RecordHeaderLength + captured || whole > RecordHeaderLength + 2 * maximum)
            return Stop(CaptureFault.RecordLengthWrong, RecordHeaderLength + captured, whole);
        var time = Timestamp.FromSeconds(Field(SecondsAt), Field(MicrosecondsAt) * 1000L);
        if (!input.Ensure(RecordHeaderLength + (int)captured))
            return Stop(CaptureFault.RecordCut, captured, input.Available - RecordHeaderLength);
        // The last record's filling may be missing.
        input.Ensure((int)whole);
        ReadOnlySpan<byte> bytes = input.Bytes.Slice(RecordHeaderLength, (int)captured);
        input.Advance(Math.Min((int)whole, input.Available));
        record = new Record(time, _linkType, bytes, (int)Math.Min(original, int.MaxValue));
        return true;
    }

    private static LinkType? FindLinkType(uint number) => number switch
    {
        0 or 4 => LinkType.Ethernet,
        8 => LinkType.Fddi,
        _ => null,
    };

    private uint Field(int at) => BinaryPrimitives.ReadUInt32BigEndian(Input.Bytes[at..]);
}
