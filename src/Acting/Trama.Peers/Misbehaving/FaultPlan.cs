using System.Net.Sockets;
using Trama.Peers.Native;
using Trama.Peers.Transports;

namespace Trama.Peers.Misbehaving;

/// <summary>What a peer does wrong on purpose with a connection; the default does nothing wrong.</summary>
public sealed record FaultPlan
{
    /// <summary>The probability that a connection is treated so, 0 to 1.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>The wait before each message or reply is sent.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much the wait may be longer or shorter, at random.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The most bytes sent in a second; 0 means any.</summary>
    public long Rate { get; init; }

    /// <summary>The most bytes in one write; 0 means any.</summary>
    public int Slice { get; init; }

    /// <summary>Stops to read after so many bytes, so that the window closes; negative means never.</summary>
    public long ZeroWindow { get; init; } = -1;

    /// <summary>The size of the receive buffer, which limits the window; 0 leaves it to the system.</summary>
    public int WindowLimited { get; init; }

    /// <summary>Resets the connection after so many bytes were sent; negative means never.</summary>
    public long ResetAfter { get; init; } = -1;

    /// <summary>Closes the connection after so many bytes were sent; negative means never.</summary>
    public long Truncate { get; init; } = -1;

    /// <summary>Closes the connection instead of sending the first byte.</summary>
    public bool ClosedWithoutReply { get; init; }

    /// <summary>Sends nothing, and keeps the connection.</summary>
    public bool NoReply { get; init; }

    /// <summary>The probability with which each byte is sent with one bit changed, 0 to 1.</summary>
    public double Garble { get; init; }

    /// <summary>
    /// The probability with which a segment of the other side that carries bytes is lost on its way here, 0 to 1: it is on the wire, and
    /// its sender has to send it again. Of TCP, on Linux; of nothing else anything is lost.
    /// </summary>
    public double PacketLoss { get; init; }

    /// <summary>Leaves Nagle's algorithm on (RFC 896): a small write waits for the acknowledgement of the one before.</summary>
    public bool Nagle { get; init; }

    /// <summary>A server accepts one connection in this time and queues hardly any; zero means it accepts at once.</summary>
    public TimeSpan BacklogOverflow { get; init; }

    /// <summary>
    /// A connection that misbehaves as the first of the plans asks that its chance selects; the connection itself when none does.
    /// </summary>
    public static ITransport Apply(IReadOnlyList<FaultPlan> plans, ITransport transport, TimeProvider time)
    {
        foreach (FaultPlan plan in plans)
        {
            if (Random.Shared.NextDouble() >= plan.Chance) continue;
            // A socket with a path in the file system has neither segments nor Nagle's algorithm.
            bool isTcp = transport.Socket.ProtocolType == ProtocolType.Tcp;
            if (isTcp && plan.PacketLoss > 0) LossFilter.Attach(transport.Socket, plan.PacketLoss);
            if (isTcp && plan.Nagle) transport.Socket.NoDelay = false;
            if (plan.WindowLimited > 0) transport.Socket.ReceiveBufferSize = plan.WindowLimited;
            return new FaultyTransport(transport, plan, time);
        }

        return transport;
    }
}
