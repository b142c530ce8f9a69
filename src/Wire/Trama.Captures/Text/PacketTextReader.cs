using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures.Text;

/// <summary>
/// Reads packets out of text: hex dumps as <c>tcpdump -x</c>, <c>-X</c> and <c>tshark -x</c> write them, and plain lines of tcpdump and of
/// tshark, as people paste them into tickets. Lines of TCP without a hex dump become headers whose payload was not captured. Everything
/// else is passed over.
/// </summary>
internal sealed class PacketTextReader : RecordReader
{
    // Where no line tells a time, packets are this far apart: in order, and no more is known.
    private const long UnknownStepNs = 1_000;

    private readonly TextLines _lines;
    private readonly EndpointNames _names = new();
    private readonly BrokenLine _broken = new();
    private readonly ListedLine _listed = new();
    private readonly ErrorLine _errors = new();
    private readonly SequenceOrigins _origins = new();
    private readonly byte[] _lineBytes = new byte[HexLine.MaxBytes];
    private readonly LinkType _linkType;
    private TextPacket _packet = new();
    private TextPacket _next = new();
    private LineDetails _details = LineDetails.Unknown;
    private bool _hasPacket;
    private bool _isOther;
    private bool _isHeld;
    private long _now;
    private long _day;

    private PacketTextReader(InputWindow input) : base(input)
    {
        _lines = new TextLines(input);
        // The first packet tells the link type of all, if it is more than ARP.
        do _isHeld = TryAssemble();
        while (_isHeld && _packet.IsArp);
        _linkType = _packet.LinkType;
        Interfaces.Add(new CaptureInterface(_linkType, TextPacket.MaxLength));
    }

    /// <summary>Opens a text with packets in it; null when there are none.</summary>
    public static PacketTextReader? TryOpen(InputWindow input)
    {
        var names = new EndpointNames();
        byte[] bytes = new byte[HexLine.MaxBytes];
        var broken = new BrokenLine();
        var listed = new ListedLine();
        bool isText = TextLines.Recognise(input, line => IsStart(line, bytes)
            || TryReadSegment(broken.Whole(line, names), listed, names, out _));
        return isText ? new PacketTextReader(input) : null;
    }

    /// <inheritdoc/>
    public override bool TryRead(out Record record)
    {
        record = default;
        if (End is not null) return false;
        if (!_isHeld && !TryAssemble()) return Finish();
        _isHeld = false;
        record = _packet.ToRecord(_linkType);
        return true;
    }

    // A dump of so few bytes is no packet, but some other table of numbers.
    private static bool IsStart(ReadOnlySpan<char> line, Span<byte> bytes) =>
        HexLine.TryRead(line, bytes, out int offset, out int count) && offset == 0 && count == HexLine.MaxBytes;

    private static bool TryReadSegment(ReadOnlySpan<char> line, ListedLine listed, EndpointNames names, out SegmentLine segment) =>
        SegmentLine.TryRead(line, names, out segment) || SegmentLine.TryRead(listed.Told(line), names, out segment);

    /// <summary>Reads lines until a packet is complete, which is when another one begins, or the text ends.</summary>
    private bool TryAssemble()
    {
        (_packet, _next) = (_next, _packet);
        _next.Clear();
        while (_lines.TryRead(out ReadOnlySpan<char> line))
        {
            ReadOnlySpan<char> whole = _broken.Whole(line, _names);
            // The rest of a broken line may look like bytes.
            if (whole.Length == line.Length && HexLine.TryRead(line, _lineBytes, out int offset, out int count))
            {
                if (TakeBytes(offset, _lineBytes.AsSpan(0, count))) return true;
            }
            else if (TakeLine(whole)) return true;
        }

        bool isThere = _hasPacket && _packet.Length > 0;
        _hasPacket = false;
        return isThere;
    }

    private bool TakeBytes(int offset, ReadOnlySpan<byte> bytes)
    {
        if (_isOther) return false;
        if (offset == 0 && _hasPacket && _packet.IsDumped)
        {
            _next.At = Step();
            _next.Append(bytes);
            return true;
        }

        if (!_hasPacket)
        {
            if (offset != 0) return false;
            _hasPacket = true;
            _packet.At = Step();
        }

        if (offset == (_packet.IsDumped ? _packet.Length : 0)) _packet.Append(bytes);
        return false;
    }

    private bool TakeLine(ReadOnlySpan<char> line)
    {
        // tshark shows what it put together below the frame: "Reassembled TCP (3000 bytes):".
        _isOther = line.EndsWith(" bytes):", StringComparison.Ordinal) && !line.StartsWith("Frame (", StringComparison.Ordinal);
        bool hasTime = LineTime.TryRead(line, out long time, out bool isOfDay);
        if (hasTime) SetTime(time, isOfDay);
        bool isHeader = LineDetails.TryRead(line, out LineDetails details);
        if (_errors.IsQuoted(line, hasTime, isHeader)) return false;
        if (isHeader) _details = details;
        bool isSegment = TryReadSegment(line, _listed, _names, out SegmentLine segment);
        ReadOnlySpan<byte> error = isSegment ? default : _errors.PacketOf(line);
        if (!isSegment && !hasTime && error.IsEmpty) return false;
        // A line with a time, also of a packet that is no segment, ends the dump of the one before.
        bool isComplete = _hasPacket && _packet.Length > 0;
        TextPacket target = isComplete ? _next : _packet;
        target.Clear();
        target.At = hasTime ? new Timestamp(_now) : !isComplete && _hasPacket ? target.At : Step();
        _hasPacket = true;
        if (!isSegment)
        {
            target.Take(error);
            return isComplete;
        }

        target.Describe(segment, _origins, _details);
        _errors.Note(segment, target.Bytes);
        _details = LineDetails.Unknown;
        return isComplete;
    }

    private void SetTime(long time, bool isOfDay)
    {
        // Half a day back is midnight passed; less is a clock set back.
        if (isOfDay && _day + time < _now - LineTime.Day / 2) _day += LineTime.Day;
        _now = isOfDay ? _day + time : time;
    }

    private Timestamp Step() => new(_now += UnknownStepNs);
}
