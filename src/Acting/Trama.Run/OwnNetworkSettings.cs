using System.Net;
using Trama.Captures.Synthetic;
using Trama.Packets.Transport;

namespace Trama.Run;

/// <summary>How a command in a network of its own is run, and who is told of what.</summary>
public sealed record OwnNetworkSettings
{
    /// <summary>What the command's environment has beside what this process has.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Told of the command's process, which has its network and is not the command yet, and of that network's sockets.</summary>
    public required Action<int, InsideSockets> Starting { get; init; }

    /// <summary>
    /// Told of the two ends of a connection that a program within opens, before anything answers it; called by the gateway's thread.
    /// </summary>
    public required Action<Endpoint, Endpoint> Opening { get; init; }

    /// <summary>Takes every packet; called by the gateway's thread.</summary>
    public required RecordReceiver Seen { get; init; }

    /// <summary>Takes every datagram of UDP; called by the gateway's thread.</summary>
    public required DatagramReceiver Datagram { get; init; }

    /// <summary>Told of every connection's real path: as it begins, and again as each side ends.</summary>
    public required Action<PathNote> Measured { get; init; }

    /// <summary>Told of a port of the command's that cannot be opened on this machine, and why.</summary>
    public required Action<IPEndPoint, string> NotPublished { get; init; }

    /// <summary>Told of each ICMP echo request that this user may not send, so that nothing answers it.</summary>
    public required Action NotEchoed { get; init; }

    /// <summary>
    /// Takes over the real socket of a connection that may begin TLS, and gives the one to go on with; null for nothing.
    /// </summary>
    public Interceptor? Intercept { get; init; }

    /// <summary>The ports of the command's that are opened elsewhere than at their own place.</summary>
    public IReadOnlyList<PublishedPlace> Places { get; init; } = [];
}
