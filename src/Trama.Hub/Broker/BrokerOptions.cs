using NATS.Client.Core;
using NATS.NKeys;

namespace Trama.Hub.Broker;

/// <summary>Where the broker is, and as whom this program comes to it.</summary>
internal sealed record BrokerOptions
{
    /// <summary>Its servers: <c>nats://a,b,c</c>, or several such addresses with commas between them.</summary>
    public required string Servers { get; init; }

    /// <summary>A file of credentials (a JWT and its seed); null for none.</summary>
    public string? Credentials { get; init; }

    /// <summary>An NKey; null for none.</summary>
    public KeyPair? NKey { get; init; }

    /// <summary>A file with the authorities that may vouch for the broker; null for the machine's.</summary>
    public string? Authorities { get; init; }

    /// <summary>A file with this program's certificate; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>A file with its key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>How many servers are named.</summary>
    public int Count => Servers.Split(',').Length;

    /// <summary>The addresses of each.</summary>
    public IEnumerable<string> Addresses => Servers.Split(',').Select(server => server.Contains("://", StringComparison.Ordinal) ? server
        : Servers[..(Servers.IndexOf("://", StringComparison.Ordinal) + 3)] + server);

    /// <summary>As the client library takes them. It tries again for ever: a broker that is away is no reason to end.</summary>
    /// <param name="name">What the broker calls this connection.</param>
    /// <param name="inbox">Under which answers come: permissions keep others out of it.</param>
    public NatsOpts ToOptions(string name, string inbox) => NatsOpts.Default with
    {
        Name = name,
        InboxPrefix = inbox,
        Url = string.Join(',', Addresses),
        RetryOnInitialConnect = true,
        MaxReconnectRetry = -1,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(200),
        ReconnectWaitMax = TimeSpan.FromSeconds(5),
        RequestTimeout = TimeSpan.FromSeconds(5),
        IgnoreAuthErrorAbort = true,
        AuthOpts = NatsAuthOpts.Default with { CredsFile = Credentials, NKey = NKey?.GetPublicKey(), Seed = NKey?.GetSeed() },
        TlsOpts = Certificate is null && Authorities is null ? NatsTlsOpts.Default : NatsTlsOpts.Default with
        {
            CaFile = Authorities,
            CertFile = Certificate,
            KeyFile = CertificateKey,
            Mode = TlsMode.Require,
        },
    };
}
