using Trama.Processes.Containers;

namespace Trama.Processes.Facts;

/// <summary>A process of this machine. What may not be seen, or was gone before it could be read, is null.</summary>
public sealed record ProcessFacts
{
    /// <summary>Its number.</summary>
    public required int Id { get; init; }

    /// <summary>When it started, in ticks since the machine did: a later process with the same number has another.</summary>
    public ulong StartedTicks { get; init; }

    /// <summary>The command's name, up to 15 bytes, as the process gave it to itself.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the program.</summary>
    public string? Program { get; init; }

    /// <summary>The command line, its words separated by spaces; at most 4 KiB of it.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The process that started it; 0 for none.</summary>
    public int Parent { get; init; }

    /// <summary>The user whose rights it has.</summary>
    public uint? User { get; init; }

    /// <summary>That user's name; the number when it has none.</summary>
    public string? UserName { get; init; }

    /// <summary>The container that it runs in.</summary>
    public Container? Container { get; init; }
}
