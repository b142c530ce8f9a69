using System.Globalization;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Listing;

/// <summary>Which sockets are shown.</summary>
internal sealed record SocketChoice
{
    /// <summary>Only those of this process: a number, or the name of a command or program.</summary>
    public string? Process { get; init; }

    /// <summary>Only those of this user: a name or a number.</summary>
    public string? User { get; init; }

    /// <summary>Only those in this container: its identifier or how that begins, its pod, or its runtime.</summary>
    public string? Container { get; init; }

    /// <summary>Only those with this port at either end.</summary>
    public int? Port { get; init; }

    /// <summary>Only those in this state, as ss(8) writes it.</summary>
    public string? State { get; init; }

    /// <summary>Only those with which something is wrong.</summary>
    public bool OnlyFaults { get; init; }

    /// <summary>Sockets that wait for connections, in place of connections.</summary>
    public bool Listening { get; init; }

    /// <summary>All of them, also what is over (TIME-WAIT).</summary>
    public bool All { get; init; }

    /// <summary>Whether a socket is shown.</summary>
    public bool Includes(SocketRow row) => IsWanted(row.Socket.State)
        && (Port is not { } port || row.Socket.Local.Port == port || row.Socket.Peer.Port == port)
        && (!OnlyFaults || row.Ailment is not null)
        && (Process is null || row.Processes.Any(process => Is(process, Process)))
        && (User is null || row.User == User || Number(row.Socket.User) == User)
        && (Container is null || row.Processes.Select(process => process.Container).Append(row.Container)
            .Any(container => container is not null && Is(container, Container)));

    /// <summary>Whether a process is meant by a number or a name.</summary>
    public static bool Is(ProcessFacts process, string asked) =>
        Number(process.Id) == asked || process.Name == asked
            || (process.Program is { } program && (program == asked || Path.GetFileName(program) == asked));

    /// <summary>Whether a container is meant by the beginning of its identifier, its pod or its runtime.</summary>
    public static bool Is(Container container, string asked) =>
        container.Runtime == asked || container.Pod == asked || (container.Id is { } id && id.StartsWith(asked, StringComparison.Ordinal));

    private bool IsWanted(TcpSocketState state) => State is not null
        ? state.Name().Equals(State, StringComparison.OrdinalIgnoreCase)
        : All || (state == TcpSocketState.Listening) == Listening && state is not (TcpSocketState.TimeWait or TcpSocketState.Closed);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
