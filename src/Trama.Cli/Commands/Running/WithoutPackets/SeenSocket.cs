using Trama.Packets;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Running.WithoutPackets;

/// <summary>A TCP socket that a process of the command held, as it was looked at again and again.</summary>
/// <param name="process">The process; null when it was gone before it could be read.</param>
/// <param name="first">What was seen first.</param>
/// <param name="at">When.</param>
/// <param name="isServer">Whether the command listens on its port.</param>
internal sealed class SeenSocket(ProcessFacts? process, TcpSocket first, Timestamp at, bool isServer)
{
    /// <summary>The process.</summary>
    public ProcessFacts? Process => process;

    /// <summary>When it was first seen.</summary>
    public Timestamp At => at;

    /// <summary>Whether the command took the connection, and did not make it.</summary>
    public bool IsServer => isServer;

    /// <summary>What was seen last.</summary>
    public TcpSocket Last { get; private set; } = first;

    /// <summary>Whether the kernel told of its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How it went, as far as the kernel's counters tell.</summary>
    public SocketOutcome Outcome => (Last.State, Last.Figures) switch
    {
        (_, { BytesAcknowledged: > 0 } or { BytesReceived: > 0 }) => HasEnded ? SocketOutcome.Ended : SocketOutcome.Open,
        (TcpSocketState.SynSent, _) => SocketOutcome.Unanswered,
        // What comes to a SYN without acknowledging it is a reset.
        (_, { SegmentsReceived: > 0 }) when HasEnded && !isServer => SocketOutcome.Refused,
        (_, { SegmentsReceived: 0 }) when HasEnded && !isServer => SocketOutcome.Unanswered,
        _ => HasEnded ? SocketOutcome.Ended : SocketOutcome.Open,
    };

    /// <summary>It was seen again.</summary>
    public void Look(TcpSocket now) => Last = now.Figures is null ? now with { Figures = Last.Figures } : now;

    /// <summary>The kernel told of its end.</summary>
    public void End(TcpSocket last)
    {
        Look(last);
        HasEnded = true;
    }
}
