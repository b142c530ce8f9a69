using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tls;

/// <summary>What is known of a TLS connection. Texts are as the peers sent them: they may hold any character.</summary>
public sealed class TlsFacts
{
    /// <summary>How many alerts are kept.</summary>
    public const int MaxAlerts = 8;

    private readonly List<TlsAlert> _alerts = [];

    /// <summary>The version agreed on, as people write it (<c>1.3</c>).</summary>
    public string? Version { get; internal set; }

    /// <summary>The name of the server that the client asks for.</summary>
    public string? ServerName { get; internal set; }

    /// <summary>The application protocol agreed on (RFC 7301). Absent in TLS 1.3 without keys.</summary>
    public string? Alpn { get; internal set; }

    /// <summary>The application protocols that the client offers.</summary>
    public IReadOnlyList<string> OfferedAlpn { get; internal set; } = [];

    /// <summary>The cipher suite, by its name in the registry.</summary>
    public string? Cipher { get; internal set; }

    /// <summary>Whether the connection goes on from a session before it, without a certificate.</summary>
    public bool? IsResumed { get; internal set; }

    /// <summary>Whether the server asked the client for another hello (HelloRetryRequest).</summary>
    public bool IsRetried { get; internal set; }

    /// <summary>The server's certificate. Absent in TLS 1.3 without keys.</summary>
    public TlsCertificate? Certificate { get; internal set; }

    /// <summary>Whether it has begun, and its secrets, or some of them, may still come.</summary>
    public bool AwaitsSecrets => Secrets is { AreAwaited: true };

    /// <summary>How far the handshake has come.</summary>
    public TlsSteps Steps { get; internal set; }

    /// <summary>The first alerts that could be read, at most <see cref="MaxAlerts"/>.</summary>
    public IReadOnlyList<TlsAlert> Alerts => _alerts;

    /// <summary>Whether encrypted records were opened.</summary>
    public bool IsDecrypted { get; internal set; }

    /// <summary>Why nothing more can be read.</summary>
    public TlsObstacle Obstacle { get; internal set; }

    /// <summary>Its secrets.</summary>
    internal ConnectionSecrets? Secrets { get; set; }

    internal void Add(TlsAlert alert)
    {
        if (_alerts.Count < MaxAlerts) _alerts.Add(alert);
    }
}
