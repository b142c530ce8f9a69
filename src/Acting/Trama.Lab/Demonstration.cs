using Trama.Lab.Experiments;
using Trama.Lab.Faults;
using Trama.Lab.Paths;
using Trama.Lab.Programs;
using Trama.Namespaces;

namespace Trama.Lab;

/// <summary>A fault that happened just now between two hosts made for it.</summary>
public sealed class Demonstration
{
    private const int Attempts = 3;

    // A lesson is no measurement.
    private const long MostLateness = 60_000_000;

    private Demonstration(Plan plan, Evidence evidence, bool happened)
    {
        RoundTripMs = plan.Around.RttMs;
        Hops = plan.Around.Hops;
        Happened = happened;
        Steps = [.. evidence.Connections.SelectMany(StepsOf).Concat(evidence.Wire.Events.Select(Of)).OrderBy(step => step.At)];
    }

    /// <summary>The names of the faults.</summary>
    public static IReadOnlyList<string> Faults { get; } = [.. Catalogue.Labels.Keys.Where(label => label != Clean.Label)];

    /// <summary>The round-trip time of the path, in milliseconds.</summary>
    public double RoundTripMs { get; }

    /// <summary>The number of routers on it.</summary>
    public int Hops { get; }

    /// <summary>Whether everything went as planned; on a machine that is too busy it may not.</summary>
    public bool Happened { get; }

    /// <summary>What the programs and the path did, in order.</summary>
    public IReadOnlyList<DemonstrationStep> Steps { get; }

    /// <summary>
    /// Makes a fault happen, with <c>client.pcap</c>, <c>server.pcap</c> and <c>truth.json</c> in a folder that is there.
    /// </summary>
    /// <param name="fault">One of <see cref="Faults"/>.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="NamespaceException">The lab cannot be set up here.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static Demonstration Run(string fault, string folder)
    {
        for (int attempt = 1; ; attempt++)
        {
            var dice = new Dice(attempt, plain: true);
            Plan plan = Catalogue.Labels[fault][0](dice);
            (Evidence evidence, IReadOnlyList<Check> checks) = new Experiment(plan, dice)
            { MostLateness = MostLateness }.Run(folder, "demo");
            bool happened = checks.All(check => check.Holds);
            if (happened || attempt == Attempts) return new Demonstration(plan, evidence, happened);
        }
    }

    private static IEnumerable<DemonstrationStep> StepsOf(ConnectionLog log) =>
    [
        .. log.Events.Select(entry => new DemonstrationStep(entry.At, entry.Side == "client" ? Actor.Client : Actor.Server, entry.Event)),
        .. StepsOf(log.ToServer, Actor.Client, Actor.Server),
        .. StepsOf(log.ToClient, Actor.Server, Actor.Client),
    ];

    private static IEnumerable<DemonstrationStep> StepsOf(StreamLog stream, Actor writer, Actor reader)
    {
        foreach (Message message in stream.Messages)
        {
            if (message.Writes.Count > 0) yield return new DemonstrationStep(message.Writes[0], writer, "writes", message.Length);
            if (stream.ReadOf(message) is { Last: { } last }) yield return new DemonstrationStep(last, reader, "has-read", message.Length);
        }
    }

    private static DemonstrationStep Of(LinkEvent entry) =>
        new(entry.At, Actor.Path, entry.Action, entry.Length, entry.Direction is { } direction ? direction == Direction.ToServer : null,
            entry.Reason);
}

/// <summary>Who does something in a demonstration.</summary>
public enum Actor
{
    /// <summary>The client's program.</summary>
    Client,

    /// <summary>The path between the hosts.</summary>
    Path,

    /// <summary>The server's program.</summary>
    Server,
}

/// <summary>Something that a program or the path did.</summary>
/// <param name="At">When, in nanoseconds since the epoch.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">
/// What. Of a program: connected, accepted, writes, has-read, end-of-stream, shutdown, close, abort, stops-reading, resumes-reading, or the
/// name of the error that it met. Of the path: drop, hold, duplicate, forged-rst, icmp, icmp-too-big, translate,
/// blackout, vanish.
/// </param>
/// <param name="Bytes">The message's length, or the segment's payload.</param>
/// <param name="ToServer">Of the path: whether the packet went to the server, or the vanished host sent there; null for both ways.</param>
/// <param name="Reason">Of the path: why, where the action does not say it.</param>
public readonly record struct DemonstrationStep(long At, Actor Actor, string Action, long Bytes = 0, bool? ToServer = null,
    string? Reason = null);
