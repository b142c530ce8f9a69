using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>When the parts of a connection's TLS handshake came.</summary>
/// <param name="Begin">When the client said hello.</param>
/// <param name="ServerHelloAt">When the server did; absent where that was not seen.</param>
/// <param name="End">When it was over, or the last part of it that was seen.</param>
/// <param name="IsWhole">Whether both sides were seen to use the new keys, or one of them to the end.</param>
internal readonly record struct TlsHandshake(Timestamp Begin, Timestamp? ServerHelloAt, Timestamp End, bool IsWhole)
{
    // Messages of the handshake (RFC 8446 section 4).
    private const int ClientHello = 1, ServerHello = 2, ClientKeyExchange = 16;

    /// <summary>The first one; null without one.</summary>
    public static TlsHandshake? Of(Connection connection, Chapter chapter)
    {
        if (connection.TlsTimes is not { ClientHelloAt: { } begin } times) return OfGlimpses(chapter);
        return new TlsHandshake(begin, times.ServerHelloAt, Latest(Latest(Latest(begin, times.ServerHelloAt), times.ServerKeysAt),
            times.ClientKeysAt), times.TotalNs is not null);
    }

    // Of packets that the capture cut, the heads of their records are left.
    private static TlsHandshake? OfGlimpses(Chapter chapter)
    {
        TlsHandshake? handshake = null;
        foreach (PayloadGlimpse glimpse in chapter.Glimpses)
        {
            TlsRecord record = glimpse.Facts.Record;
            if (record == TlsRecord.None) continue;
            TracedSegment segment = chapter.Segments[glimpse.Index];
            int message = record == TlsRecord.Handshake ? glimpse.Facts.TlsMessage : 0;
            bool isClients = segment.From == Side.Client;
            if (isClients && message == ClientHello) handshake ??= new TlsHandshake(segment.At, null, segment.At, false);
            if (handshake is not { IsWhole: false } begun) continue;
            if (!isClients && message == ServerHello) handshake = begun with { ServerHelloAt = segment.At, End = segment.At };
            bool isData = record is TlsRecord.ApplicationData or TlsRecord.LaterApplicationData;
            bool usesKeys = record == TlsRecord.ChangeCipherSpec || isData || message == ClientKeyExchange;
            if (!usesKeys || begun.ServerHelloAt is null) continue;
            // The client's Finished is the last but in TLS 1.2, where the server's follows.
            handshake = begun with { End = segment.At, IsWhole = isData || !isClients };
        }

        return handshake;
    }

    private static Timestamp Latest(Timestamp one, Timestamp? other) => other > one ? other.Value : one;
}
