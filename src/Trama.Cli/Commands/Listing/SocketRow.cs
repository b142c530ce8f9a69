using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Listing;

/// <summary>A socket, who holds it, and what it does.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Processes">The processes that hold it; empty when none is known.</param>
/// <param name="User">The name of the user who made it.</param>
internal sealed record SocketRow(TcpSocket Socket, IReadOnlyList<ProcessFacts> Processes, string User)
{
    /// <summary>The first of its processes; null when none is known.</summary>
    public ProcessFacts? First => Processes is [ProcessFacts first, ..] ? first : null;

    /// <summary>The container in which it was made, where no process is known; null for none.</summary>
    public Container? Container { get; init; }

    /// <summary>How long it has been there; null when that is not known.</summary>
    public SocketAge? Age { get; init; } = SocketAge.Of(Socket);

    /// <summary>What is wrong with it.</summary>
    public Ailment? Ailment { get; init; } = Ailments.Of(Socket);

    /// <summary>Bytes a second that the peer acknowledged, between two looks; null when it was not there at both.</summary>
    public double? SendRate { get; init; }

    /// <summary>Bytes a second that came, between two looks; null when it was not there at both.</summary>
    public double? ReceiveRate { get; init; }

    /// <summary>What it did at the last looks, this one included; null when nobody looks again.</summary>
    public SocketHistory? History { get; init; }
}
