using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Http2;

/// <summary>HTTP/2 (RFC 9113), with gRPC in it.</summary>
/// <param name="isUpgraded">Whether the connection was one of HTTP/1.1 before.</param>
internal sealed class Http2Protocol(bool isUpgraded) : Protocol
{
    // Of the preface, so many bytes are no other protocol's.
    private const int EnoughOfPreface = 14;

    /// <inheritdoc/>
    public override string Name => "http2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn { get; } = ["h2", "h2c"];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (speaker == Direction.ToServer && first[0] == Http2RequestStream.Preface[0])
            return !Http2RequestStream.Preface.StartsWith(first[..Math.Min(first.Length, Http2RequestStream.Preface.Length)]) ? Likeness.No
                : first.Length >= EnoughOfPreface ? Likeness.Yes : Likeness.Open;
        if (first.Length < FrameHeader.Size) return first[0] == 0 && isHinted ? Likeness.Open : Likeness.No;
        if (!FrameHeader.TryReadLikely(first, FrameHeader.UsualMaxLength, int.MaxValue, out FrameHeader header)) return Likeness.No;
        if (isHinted) return Likeness.Yes;
        if (header.Type == FrameType.Headers && BeginsMessage(speaker, header, first[FrameHeader.Size..])) return Likeness.Yes;
        // A server's first frame tells its settings, each a number of two bytes with a small value; other frames are known by the one
        // behind them.
        int next = FrameHeader.Size + header.Length;
        if (header.Type == FrameType.Settings && speaker == Direction.ToClient && header.Length > 0)
            return first.Length > FrameHeader.Size && first[FrameHeader.Size] == 0 ? Likeness.Yes : Likeness.No;
        if (header.Type == FrameType.Settings && speaker == Direction.ToClient && first.Length == FrameHeader.Size) return Likeness.Yes;
        return next + FrameHeader.Size <= first.Length
            && FrameHeader.TryReadLikely(first[next..], FrameHeader.UsualMaxLength, int.MaxValue, out _)
            ? Likeness.Yes : Likeness.No;
    }

    /// <summary>In the middle of a connection, also a frame that manages it and fills its piece.</summary>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Resembles(speaker, bytes, isHinted: false);
        return likeness != Likeness.No || bytes.Length < FrameHeader.Size ? likeness
            : FrameHeader.TryReadLikely(bytes, FrameHeader.UsualMaxLength, int.MaxValue, out FrameHeader header) && header.IsUnmistakable
                && bytes.Length == FrameHeader.Size + header.Length ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => Create(default);

    /// <inheritdoc/>
    public override ConnectionFraming Create(in FramingContext context)
    {
        var exchanges = new Http2Exchanges(isUpgraded) { ReadsBodies = context.Bodies is not null };
        return new(Name, new Http2RequestStream(exchanges), new Http2ReplyStream(exchanges));
    }

    // Whether the first field that is carried is one of those that only HTTP/2 has, and this side says; it says them first.
    private static bool BeginsMessage(Direction speaker, FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > header.Length) payload = payload[..header.Length];
        if (header.IsPadded || !FieldsPayload.TryFragment(header, payload, out ReadOnlySpan<byte> block)) return false;
        Span<byte> scratch = stackalloc byte[HpackHuffman.MaxText(MaxFirst)];
        if (!new HpackReader(new HpackTable(), block, scratch).TryRead(out HpackField field)) return false;
        return speaker == Direction.ToServer ? field.Name is HeaderName.Method or HeaderName.Path
            or HeaderName.Authority : field.Name == HeaderName.Status;
    }
}
