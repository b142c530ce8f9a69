using System.Text.Json.Nodes;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Experiments;

/// <summary>An experiment before it is run: the fault, who is to blame, what both programs do, what the path does.</summary>
internal sealed record Plan
{
    /// <summary>The fault, or <c>clean</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Its flavour; null when there is but one.</summary>
    public string? Kind { get; init; }

    /// <summary>Who is to blame: <c>client</c>, <c>network</c>, <c>server</c> or <c>none</c>.</summary>
    public required string Party { get; init; }

    /// <summary>What happens, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What has nothing to do with the fault.</summary>
    public required Surroundings Around { get; init; }

    /// <summary>What the capture on the client's host shows.</summary>
    public required View FromClient { get; init; }

    /// <summary>What the capture on the server's host shows.</summary>
    public required View FromServer { get; init; }

    /// <summary>What was varied, for truth.json.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>What stands in the way.</summary>
    public IReadOnlyList<IObstacle> Obstacles { get; init; } = [];

    /// <summary>What is scheduled on the path when the client starts, at nanoseconds since the epoch.</summary>
    public Action<Wire, long>? Beginning { get; init; }

    /// <summary>The server's program.</summary>
    public required Action<ServerProgram> Server { get; init; }

    /// <summary>The client's program.</summary>
    public required Action<ClientProgram> Client { get; init; }

    /// <summary>How many connections may wait to be accepted.</summary>
    public int Backlog { get; init; } = 64;

    /// <summary>The receive buffer of the server's connections, in bytes; null leaves it to the kernel.</summary>
    public int? ServerBuffer { get; init; }

    /// <summary>The receive buffer of the client's connections, in bytes; null leaves it to the kernel.</summary>
    public int? ClientBuffer { get; init; }

    /// <summary>Whether segments are sent again, or lost, as a part of the plan.</summary>
    public bool Repeats { get; init; }

    /// <summary>Whether the programs' dialogue is expected to end well.</summary>
    public bool EndsWell { get; init; }

    /// <summary>Whether the server thinks long, as a part of the plan.</summary>
    public bool ThinksLong { get; init; }

    /// <summary>How long the captures go on after the programs have ended, in seconds, round trips aside.</summary>
    public double Tail { get; init; } = 0.1;

    /// <summary>Which host vanishes, by the direction in which it sends; its capture ends then.</summary>
    public Direction? Vanishes { get; init; }

    /// <summary>What must hold for the fault to have happened.</summary>
    public required Func<Evidence, IEnumerable<Check>> Checks { get; init; }
}

/// <summary>Something that must hold for an experiment to be kept.</summary>
/// <param name="Text">What.</param>
/// <param name="Holds">Whether it does.</param>
/// <param name="Value">What was found.</param>
internal readonly record struct Check(string Text, bool Holds, string Value = "");
