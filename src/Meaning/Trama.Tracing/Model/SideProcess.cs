namespace Trama.Tracing;

/// <summary>The process that a side of a connection belongs to. What is unknown is null; nothing is guessed.</summary>
public sealed record SideProcess
{
    /// <summary>The numbers of the processes that hold the socket: one, mostly; none when only the user is known.</summary>
    public IReadOnlyList<int> Ids { get; init; } = [];

    /// <summary>The name of the command; of several processes when they share it.</summary>
    public string? Command { get; init; }

    /// <summary>The path of the program.</summary>
    public string? Program { get; init; }

    /// <summary>The command line, its words separated by spaces.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The name of the user.</summary>
    public string? User { get; init; }

    /// <summary>The container that it runs in: <c>docker://3f4a…</c>, or the identifier alone.</summary>
    public string? Container { get; init; }

    /// <summary>The uid of its Kubernetes pod.</summary>
    public string? Pod { get; init; }

    /// <summary>Whether no program listened: the connection was refused by the machine itself.</summary>
    public bool IsNobody { get; init; }

    /// <summary>Whether a process is known.</summary>
    public bool IsKnown => Ids.Count > 0;
}
