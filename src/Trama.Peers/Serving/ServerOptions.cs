using System.Net;

namespace Trama.Peers.Serving;

/// <summary>How a server listens, answers and protects itself.</summary>
public sealed record ServerOptions
{
    /// <summary>The address to listen at; null means all interfaces, IPv6 and IPv4.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port to listen at, 0 to 65535; 0 lets the system choose a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>What is answered to each message, unless <see cref="Echo"/> is set; may be empty.</summary>
    public ReadOnlyMemory<byte> Reply { get; init; }

    /// <summary>Whether each message is answered with itself.</summary>
    public bool Echo { get; init; }

    /// <summary>Whether every message is answered until the client closes; otherwise the server closes after its first reply.</summary>
    public bool KeepOpen { get; init; }

    /// <summary>Whether the server stops after its first connection.</summary>
    public bool Once { get; init; }

    /// <summary>How long a connection may be silent, or refuse to take its reply, before it is closed;
    /// <see cref="Timeout.InfiniteTimeSpan"/> means for ever.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most bytes of one message, 1 or more. A connection whose first message alone is answered may not send
    /// more than this altogether.</summary>
    public long MessageLimit { get; init; } = 16 << 20;

    /// <summary>How long connections have to finish what is being answered once the server is asked to stop.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);
}
