using System.Net;
using Trama.Peers.Misbehaving;
using Trama.Peers.Security;
using Trama.Peers.Sending;

namespace Trama.Peers.Relaying;

/// <summary>Where a relay listens, whom it connects its clients to, and its limits.</summary>
public sealed record RelayOptions
{
    /// <summary>The address to listen at; null means all interfaces, IPv6 and IPv4.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port to listen at, 0 to 65535; 0 lets the system choose a free one.</summary>
    public required int Port { get; init; }

    /// <summary>The targets, one or more. Connections take them in turn; one that cannot be reached is passed over.</summary>
    public required IReadOnlyList<RelayTarget> Targets { get; init; }

    /// <summary>How to speak TLS with clients; null for plain bytes.</summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>How to speak TLS with targets; null for plain bytes. An empty name stands for that of the target.</summary>
    public TlsClientOptions? TargetTls { get; init; }

    /// <summary>What is done wrong on purpose towards the client.</summary>
    public IReadOnlyList<FaultPlan> Faults { get; init; } = [];

    /// <summary>What is done wrong on purpose towards the target.</summary>
    public IReadOnlyList<FaultPlan> TargetFaults { get; init; } = [];

    /// <summary>Whether each client is a proxy that first tells, by the PROXY protocol, whom it relays.</summary>
    public bool AcceptProxy { get; init; }

    /// <summary>How the target is told who the client is.</summary>
    public ProxyVersion Proxy { get; init; }

    /// <summary>How long to look up a target's name and to connect may take, all its addresses together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long neither side may say anything before the connection is closed; <see cref="Timeout.InfiniteTimeSpan"/>
    /// means for ever.</summary>
    public TimeSpan IdleLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How many connections are relayed at a time, 1 or more; further clients wait in the system's queue.</summary>
    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>
    /// The most bytes that all connections hold together of what was said and is not taken yet. At the limit nothing more is read.
    /// </summary>
    public long MemoryLimit { get; init; } = 256 << 20;

    /// <summary>Whether the relay stops after its first connection.</summary>
    public bool Once { get; init; }

    /// <summary>How long connections have to finish once the relay is asked to stop.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How a target is connected to.</summary>
    /// <param name="target">The target.</param>
    /// <param name="header">What it is told first; may be empty.</param>
    public ClientOptions ToConnect(RelayTarget target, ReadOnlyMemory<byte> header = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new()
        {
            Host = target.Host,
            Port = target.Port,
            ConnectTimeout = ConnectTimeout,
            Tls = TargetTls is { ServerName: "" } ? TargetTls with { ServerName = target.Host } : TargetTls,
            Faults = TargetFaults,
            Preamble = header,
        };
    }
}
