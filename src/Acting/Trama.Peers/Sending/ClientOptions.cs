using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Security;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>Where a client connects to, and how long it waits.</summary>
public sealed record ClientOptions
{
    /// <summary>The name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>The port of the server, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The path of a Unix socket to connect to instead of the name and the port.</summary>
    public string? UnixPath { get; init; }

    /// <summary>Who connects for the client, and looks up the name; null means that the client does.</summary>
    public ProxyServer? Proxy { get; init; }

    /// <summary>How long to look up the name and to connect may take, all addresses together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server may take to begin its reply, or to take more of the message.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The family of addresses to connect to; null means whichever the name has.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>The own address, and port or 0, to connect from; null leaves it to the system.</summary>
    public IPEndPoint? From { get; init; }

    /// <summary>Is told the own port of each attempt to connect, before it begins; null leaves the port open until then.</summary>
    public Action<int>? Connecting { get; init; }

    /// <summary>Is awaited when all is ready to connect, and counts for no time limit; null connects at once.</summary>
    public Func<ValueTask>? Due { get; init; }

    /// <summary>Is told of a socket once it is connected, before anything goes over it.</summary>
    public Action<Socket>? Connected { get; init; }

    /// <summary>How the kernel is to treat the connection.</summary>
    public TcpTuning Tuning { get; init; } = new();

    /// <summary>Where replies end; null means with a silence. <see cref="FramingRule.Raw"/> takes one read for the reply.</summary>
    public FramingRule? Framing { get; init; }

    /// <summary>How the connection speaks TLS; null means that it does not.</summary>
    public TlsClientOptions? Tls { get; init; }

    /// <summary>Bytes that go out before everything else, TLS included, such as a header of the PROXY protocol.</summary>
    public ReadOnlyMemory<byte> Preamble { get; init; }

    /// <summary>What goes wrong on purpose; the first plan whose chance selects the connection holds.</summary>
    public IReadOnlyList<FaultPlan> Faults { get; init; } = [];

    /// <summary>The silence that ends a reply when the server does not close; zero means that what is there with the first
    /// read is the reply. Null means 100 ms, or three times what connecting took where that is longer.</summary>
    public TimeSpan? ReplyGap { get; init; }
}
