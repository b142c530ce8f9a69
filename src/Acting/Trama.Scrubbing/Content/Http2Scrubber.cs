using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Scrubs the frames of HTTP/2 (RFC 9113): the fields of their heads, their bodies stream by stream, and what says goodbye.
/// </summary>
internal sealed class Http2Scrubber(ScrubKey key, TextScrubber text, BodyScrubber bodies)
{
    private const int HeaderLength = 9;
    private const int MostUsual = 1 << 14;

    // Of frames that say numbers alone, the longest (RFC 9113 section 6.3).
    private const int LongestNumbers = 5;

    private const byte Data = 0, Headers = 1, Priority = 2, ResetStream = 3, Settings = 4, PushPromise = 5, Ping = 6, GoAway = 7;
    private const byte WindowUpdate = 8, Continuation = 9;
    private const byte Padded = 8, HasPriority = 0x20, EndHeaders = 4;

    private readonly HpackScrubber _fields = new(text);
    private readonly ProtobufScrubber _protobuf = new(key, text);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Scrubs one direction from a place on at which a frame, or the client's preface, begins.</summary>
    /// <returns>How many bytes were frames.</returns>
    public int Scrub(Span<byte> stream, ScrubCare care)
    {
        int at = stream.StartsWith(Preface) ? Preface.Length : 0;
        Dictionary<uint, Ranges> said = [];
        var block = new Ranges();
        while (at + HeaderLength <= stream.Length && IsFrame(stream[at..], out int length))
        {
            (byte type, byte flags) = (stream[at + 3], stream[at + 4]);
            uint id = BinaryPrimitives.ReadUInt32BigEndian(stream[(at + 5)..]) & int.MaxValue;
            int from = at + HeaderLength;
            length = Math.Min(length, stream.Length - from);
            Span<byte> payload = stream.Slice(from, length);
            switch (type)
            {
                case Data:
                    (int start, int end) = ScrubPadding(payload, flags, 0);
                    if (!said.TryGetValue(id, out Ranges? body)) said.Add(id, body = new Ranges());
                    body.Add(from + start, end - start);
                    break;
                case Headers or PushPromise or Continuation:
                    int extra = type == PushPromise ? 4 : type == Headers && (flags & HasPriority) != 0 ? 5 : 0;
                    (start, end) = type == Continuation ? (0, length) : ScrubPadding(payload, flags, extra);
                    if (type != Continuation) ScrubFields(stream, block);
                    block.Add(from + start, end - start);
                    if ((flags & EndHeaders) != 0) ScrubFields(stream, block);
                    break;
                case Settings:
                    ScrubSettings(payload);
                    break;
                case ResetStream or WindowUpdate or Priority when length <= LongestNumbers:
                    break;
                case Ping:
                    key.Replace(payload);
                    break;
                case GoAway:
                    if (length > 8) text.Scrub(payload[8..]);
                    break;
                default:
                    key.Replace(payload);
                    break;
            }

            at = from + length;
        }

        // A block whose end was not seen says as much.
        ScrubFields(stream, block);
        foreach (Ranges body in said.Values)
        {
            if (body.Length > 0) body.Change(stream, bytes => ScrubBody(bytes, care));
        }

        return at;
    }

    /// <summary>Whether a frame seems to begin here.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
        return length <= MostUsual * 4 && bytes[3] <= 0x10 && (bytes[5] & 0x80) == 0;
    }

    // In gRPC each message has five bytes in front: whether it is compressed, and its length.
    private void ScrubBody(Span<byte> body, ScrubCare care)
    {
        Span<byte> rest = body;
        while (rest.Length >= 5 && rest[0] <= 1 && BinaryPrimitives.ReadUInt32BigEndian(rest[1..]) is var length
            && (length <= rest.Length - 5 || rest.Length < body.Length))
        {
            int count = (int)Math.Min(length, rest.Length - 5);
            Span<byte> message = rest.Slice(5, count);
            // How it is compressed stands in a field of the head; what begins as none that is known becomes filler.
            if (rest[0] != 0) bodies.Scrub(message, "unknown"u8, isStructured: false, care);
            else if (count != length || !_protobuf.TryScrub(message)) bodies.Scrub(message, default, isStructured: true, care);
            rest = rest[(5 + count)..];
        }

        if (!rest.IsEmpty) bodies.Scrub(rest, default, isStructured: rest.Length < body.Length, care);
    }

    // Numbers behind the numbers that they are of; of those that nobody knows (RFC 9113 section 6.5.2 and IANA's registry) neither stays.
    private void ScrubSettings(Span<byte> settings)
    {
        const int Size = 6, LastKnown = 9;
        for (; settings.Length >= Size; settings = settings[Size..])
            if (BinaryPrimitives.ReadUInt16BigEndian(settings) is 0 or > LastKnown) key.Replace(settings[2..Size]);
        key.Replace(settings);
    }

    private void ScrubFields(Span<byte> stream, Ranges block)
    {
        if (block.Length > 0) block.Change(stream, _fields.Scrub);
        block.Clear();
    }

    // Where what is said begins and ends; what stands behind it becomes filler, all where there is more padding than frame.
    private (int Start, int End) ScrubPadding(Span<byte> payload, byte flags, int extra)
    {
        int start = extra, end = payload.Length;
        if ((flags & Padded) != 0 && end > 0)
        {
            end -= payload[0];
            start++;
        }

        start = Math.Min(start, payload.Length);
        end = Math.Max(start, end);
        key.Replace(payload[end..]);
        return (start, end);
    }
}
