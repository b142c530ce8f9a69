using System.Net;
using Trama.Peers.Listening;
using Trama.Peers.Replies;

namespace Trama.Peers.Datagrams;

/// <summary>Where a server of datagrams receives, and what it answers.</summary>
public sealed record DatagramServerOptions
{
    /// <summary>The address to receive at; null means all interfaces, IPv6 and IPv4.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port, 0 to 65535; 0 lets the system choose a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>What is answered to each datagram; null means that nothing is.</summary>
    public Responder? Responder { get; init; }

    /// <summary>How many datagrams are answered in a second at most; null for any number.</summary>
    public double? Rate { get; init; }

    /// <summary>Whose datagrams are taken; null means everybody's.</summary>
    public AccessList? Access { get; init; }

    /// <summary>Whether the server stops after its first datagram.</summary>
    public bool Once { get; init; }

    /// <summary>How long answers that have begun may take once the server is asked to stop.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);
}
