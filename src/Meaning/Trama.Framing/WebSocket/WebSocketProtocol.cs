using System.Buffers.Binary;

namespace Trama.Framing.WebSocket;

/// <summary>WebSocket (RFC 6455), after the upgrade by which HTTP/1.1 becomes it.</summary>
/// <param name="deflate">How messages are compressed; null when they are not, or nobody saw what was agreed upon.</param>
/// <param name="carried">The protocol that messages carry (<c>Sec-WebSocket-Protocol</c>), where it is one of bytes; null when they are
/// messages of their own.</param>
internal sealed class WebSocketProtocol(WebSocketDeflate? deflate, string? carried = null) : Protocol
{
    // A shorter one may be anything.
    private const int ShortestText = 3;

    /// <inheritdoc/>
    public override string Name => "websocket";

    /// <summary>The protocol of bytes that a name of <c>Sec-WebSocket-Protocol</c> stands for (OASIS MQTT 5.0 section 6; STOMP 1.2); null
    /// for none.</summary>
    public static string? Carried(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("mqtt"u8) || name.SequenceEqual("mqttv3.1"u8)) return "mqtt";
        return name.EndsWith(".stomp"u8) ? "stomp" : null;
    }

    /// <summary>Nothing in the bytes is its own: an upgrade says that it begins.</summary>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) => Likeness.No;

    /// <summary>In the middle of a connection: a text, or a close, that fills its piece.</summary>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> piece)
    {
        if (piece.Length == MaxFirst || piece.Length < WebSocketHeader.SizeOf(piece)
            || !WebSocketHeader.TryRead(piece, out WebSocketHeader header)) return Likeness.No;
        ReadOnlySpan<byte> payload = piece[header.Size..];
        if (header.IsMasked != (speaker == Direction.ToServer) || !header.IsLast || header.IsCompressed
            || payload.Length != header.Length) return Likeness.No;
        Span<byte> plain = stackalloc byte[payload.Length];
        for (int i = 0; i < plain.Length; i++) plain[i] = (byte)(payload[i] ^ (header.Mask >> (24 - 8 * (i & 3))));
        bool isMessage = header.Opcode == WebSocketOpcode.Text ? plain.Length >= ShortestText && VisibleText.IsText(plain)
            : header.Opcode == WebSocketOpcode.Close && plain.Length >= CloseCode.Size
                && CloseCode.IsKnown(BinaryPrimitives.ReadUInt16BigEndian(plain));
        return isMessage ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => Create(default);

    /// <inheritdoc/>
    public override ConnectionFraming Create(in FramingContext context)
    {
        bool readsBodies = context.Bodies is not null;
        var closing = new WebSocketClosing();
        bool carries = carried is not null;
        return new(Name, new WebSocketStream(Direction.ToServer, closing, deflate, carries, readsBodies),
            new WebSocketStream(Direction.ToClient, closing, deflate, carries, readsBodies))
        {
            MayCarry = carries,
            Alpn = carried,
        };
    }
}
