using System.Net;

namespace Trama.Processes.Sockets;

/// <summary>One TCP socket of this machine, as the kernel told of it at one moment.</summary>
public sealed record TcpSocket
{
    /// <summary>This side.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>The other side; port 0 of a listening socket.</summary>
    public required IPEndPoint Peer { get; init; }

    /// <summary>Its state.</summary>
    public TcpSocketState State { get; init; }

    /// <summary>The number of its file; 0 when no program has it: not accepted yet, or closed.</summary>
    public uint Inode { get; init; }

    /// <summary>The user who made it.</summary>
    public uint User { get; init; }

    /// <summary>The number that tells it apart from every other socket since the machine started.</summary>
    public ulong Cookie { get; init; }

    /// <summary>The device that it is bound to; 0 for none.</summary>
    public uint Device { get; init; }

    /// <summary>Bytes that came and that the program has not read; of a listening socket, connections not accepted yet.</summary>
    public uint ReceiveQueue { get; init; }

    /// <summary>
    /// Bytes that the program wrote and the peer has not acknowledged; of a listening socket, the most connections that may wait.
    /// </summary>
    public uint SendQueue { get; init; }

    /// <summary>What it waits for.</summary>
    public SocketTimer Timer { get; init; }

    /// <summary>When <see cref="Timer"/> ends, in milliseconds from now.</summary>
    public uint TimerMs { get; init; }

    /// <summary>How many times in a row the timer ended in vain.</summary>
    public byte TimerRuns { get; init; }

    /// <summary>Its control group (cgroup v2); null when the kernel does not say.</summary>
    public ulong? Cgroup { get; init; }

    /// <summary>The counters of the connection; null when the kernel does not say, as in TIME-WAIT.</summary>
    public TcpFigures? Figures { get; init; }
}
