using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tls;

/// <summary>TLS 1.0 to 1.3: flights of records, and what they carry where keys are known.</summary>
internal sealed class TlsProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "tls";

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        !RecordHeader.MayBegin(first) || first[0] == (byte)RecordType.Heartbeat ? Likeness.No
        : first.Length < RecordHeader.Length ? Likeness.Open : Likeness.Yes;

    /// <inheritdoc/>
    public override ConnectionFraming Create() => Create(default);

    /// <inheritdoc/>
    public override ConnectionFraming Create(in FramingContext context)
    {
        var connection = new TlsConnection(context.Keys);
        return connection.Framing = new(Name, new TlsStream(connection, Direction.ToServer), new TlsStream(connection, Direction.ToClient))
        {
            ByTurns = true,
            Tls = connection.Facts,
        };
    }
}
