using System.Net;
using Trama.Framing;
using Trama.Peers.Security;

namespace Trama.Peers.Loading;

/// <summary>A load: who asks what, how often and for how long.</summary>
public sealed record LoadOptions
{
    /// <summary>The server.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>The request, as it goes over the wire; at least one byte.</summary>
    public required ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>Where replies end.</summary>
    public FramingRule Framing { get; init; } = FramingRule.Raw;

    /// <summary>How connections speak TLS; null means that they do not.</summary>
    public TlsClientOptions? Tls { get; init; }

    /// <summary>Connections at a time, 1 or more.</summary>
    public int Connections { get; init; } = 50;

    /// <summary>Requests that may wait for their replies on one connection, 1 or more.</summary>
    public int Pipeline { get; init; } = 1;

    /// <summary>How many requests a connection carries before it is replaced, 1 or more.</summary>
    public long RequestsPerConnection { get; init; } = long.MaxValue;

    /// <summary>Requests a second, over all connections, due whether or not earlier ones were answered. Null: each connection asks again
    /// as soon as it is answered.</summary>
    public double? Rate { get; init; }

    /// <summary>How long to measure.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the load grows evenly from nothing, before it is measured: the rate, or without one the connections.</summary>
    public TimeSpan Ramp { get; init; }

    /// <summary>How long the whole load runs before it is measured.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>How often a second the oldest connection is replaced by a new one; 0 for never.</summary>
    public double NewConnections { get; init; }

    /// <summary>How long a connection or a reply may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Threads that share the connections, 1 or more.</summary>
    public int Threads { get; init; } = 1;
}
