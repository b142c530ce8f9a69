using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tls;

/// <summary>TLS 1.0 to 1.3: flights of records, and what they carry where keys are known.</summary>
/// <param name="carried">How what they carry is read; absent where it is recognised.</param>
internal sealed class TlsProtocol(FramingRule? carried = null) : Protocol
{
    private const int MessageHeader = 4;
    private const int LeastHello = RecordHeader.Length + MessageHeader + 2;

    /// <inheritdoc/>
    public override string Name => "tls";

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        !RecordHeader.MayBegin(first) || first[0] == (byte)RecordType.Heartbeat ? Likeness.No
        : first.Length < RecordHeader.Length ? Likeness.Open : Likeness.Yes;

    /// <summary>Whether bytes are a ClientHello, and can hardly be anything else: record, handshake message and version agree.</summary>
    public static bool BeginsHandshake(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeastHello || !RecordHeader.TryParse(bytes, out RecordHeader header)
            || header.Type != RecordType.Handshake) return false;
        var message = new HelloReader(bytes[RecordHeader.Length..]);
        return message.U8() == (byte)HandshakeType.ClientHello && message.U24() >= header.FragmentLength - MessageHeader
            && message.U16() is >= TlsVersion.Tls10 and <= TlsVersion.Tls12;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => Create(default);

    /// <inheritdoc/>
    public override ConnectionFraming Create(in FramingContext context)
    {
        var connection = new TlsConnection(context.Keys);
        return connection.Framing = new(Name, new TlsStream(connection, Direction.ToServer), new TlsStream(connection, Direction.ToClient))
        {
            ByTurns = true,
            MayCarry = true,
            Tls = connection.Facts,
            Carried = carried ?? FramingRule.Auto,
        };
    }
}
