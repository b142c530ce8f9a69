using System.Net;
using Trama.Framing;
using Trama.Peers.Listening;
using Trama.Peers.Messages;
using Trama.Peers.Misbehaving;
using Trama.Peers.Security;
using Trama.Peers.Serving.Conducts;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving;

/// <summary>How a server listens, answers and protects itself.</summary>
public sealed record ServerOptions
{
    /// <summary>The address to listen at; null means all interfaces, IPv6 and IPv4.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port to listen at, 0 to 65535; 0 lets the system choose a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>The path of a Unix socket to listen at instead of an address and a port.</summary>
    public string? UnixPath { get; init; }

    /// <summary>What the kernel is to do with the connections.</summary>
    public TcpTuning Tuning { get; init; } = new();

    /// <summary>Where messages end; <see cref="FramingRule.Raw"/> takes each read of up to 64 KiB as one.</summary>
    public FramingRule Framing { get; init; } = FramingRule.Raw;

    /// <summary>What is done with a client.</summary>
    public required Conduct Conduct { get; init; }

    /// <summary>Who may connect; null means everybody.</summary>
    public AccessList? Access { get; init; }

    /// <summary>Whether what the kernel counted is kept when a connection ends; see <see cref="ServerConnection.Statistics"/>.</summary>
    public bool Statistics { get; init; }

    /// <summary>How connections speak TLS; null means that they do not.</summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>What goes wrong on purpose; the first plan whose chance selects a connection holds for it.</summary>
    public IReadOnlyList<FaultPlan> Faults { get; init; } = [];

    /// <summary>Whether every message is answered until the client closes; otherwise the server closes after its first reply.</summary>
    public bool KeepOpen { get; init; }

    /// <summary>Whether the server stops after its first connection.</summary>
    public bool Once { get; init; }

    /// <summary>How long a connection may be silent, or refuse to take its reply, before it is closed;
    /// <see cref="Timeout.InfiniteTimeSpan"/> means for ever.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most bytes of one message, 1 to <see cref="MessageAssembler.LargestLimit"/>. A connection whose first
    /// message alone is answered may not send more than this altogether.</summary>
    public long MessageLimit { get; init; } = 16 << 20;

    /// <summary>The most bytes that all connections hold together of what was said and is not answered, or not taken, yet. At the limit
    /// nothing more is read; one connection alone may hold what <see cref="MessageLimit"/> allows.</summary>
    public long MemoryLimit { get; init; } = 256 << 20;

    /// <summary>How long connections have to finish what is being answered once the server is asked to stop.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);
}
