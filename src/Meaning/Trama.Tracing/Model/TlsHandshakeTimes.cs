using Trama.Framing.Tls;
using Trama.Packets;

namespace Trama.Tracing;

/// <summary>When the parts of a TLS handshake were complete, as the capture saw them (RFC 8446 section 2, RFC 5246 section
/// 7.3).</summary>
public sealed class TlsHandshakeTimes
{
    /// <summary>When the client had said hello; the first time, when the server asked for another.</summary>
    public Timestamp? ClientHelloAt { get; private set; }

    /// <summary>When the server had.</summary>
    public Timestamp? ServerHelloAt { get; private set; }

    /// <summary>When the client used the new keys first: with its Finished.</summary>
    public Timestamp? ClientKeysAt { get; private set; }

    /// <summary>When the server did.</summary>
    public Timestamp? ServerKeysAt { get; private set; }

    /// <summary>From the client's hello to the server's, in nanoseconds.</summary>
    public long? ServerHelloNs => ServerHelloAt - ClientHelloAt;

    /// <summary>From the server's hello to the client's Finished, in nanoseconds.</summary>
    public long? ClientFinishedNs => ClientKeysAt - ServerHelloAt;

    /// <summary>From the client's Finished to the server's, in nanoseconds; absent where the server's comes first: in TLS 1.3, and where a
    /// session is resumed.</summary>
    public long? ServerFinishedNs => ServerKeysAt > ClientKeysAt ? ServerKeysAt - ClientKeysAt : null;

    /// <summary>From the client's hello to the last Finished, in nanoseconds.</summary>
    public long? TotalNs => (ServerKeysAt > ClientKeysAt ? ServerKeysAt : ClientKeysAt) - ClientHelloAt;

    /// <summary>Which parts are known.</summary>
    internal TlsSteps Steps { get; private set; }

    /// <summary>A packet completed some of the parts.</summary>
    internal void Note(TlsSteps steps, Timestamp at)
    {
        TlsSteps news = steps & ~Steps;
        Steps = steps;
        if ((news & TlsSteps.ClientHello) != 0) ClientHelloAt = at;
        if ((news & TlsSteps.ServerHello) != 0) ServerHelloAt = at;
        if ((news & TlsSteps.ClientKeys) != 0) ClientKeysAt = at;
        if ((news & TlsSteps.ServerKeys) != 0) ServerKeysAt = at;
    }
}
