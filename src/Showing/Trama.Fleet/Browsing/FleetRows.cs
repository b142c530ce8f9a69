using Trama.Fleet.Joining;

namespace Trama.Fleet.Browsing;

/// <summary>Two that talk: the client's address, and the server's address and port.</summary>
/// <param name="Client">The client.</param>
/// <param name="Server">The server.</param>
internal readonly record struct Ends(string Client, string Server);

/// <summary>A connection of which both ends are known, and what they told together.</summary>
/// <param name="Name">Its name (<see cref="Pair.Name"/>).</param>
/// <param name="Pair">The ends.</param>
/// <param name="At">When they were joined, in nanoseconds since the Unix epoch.</param>
internal sealed record SeenPair(string Name, Pair Pair, long At)
{
    /// <summary>What both headers told; null when they were not asked for.</summary>
    public SeenVerdict? Verdict { get; set; }

    /// <summary>Whether something is wrong with it: by both ends where they were asked, else by either.</summary>
    public bool IsBad => Verdict is { Failure: "" } verdict ? verdict.IsBad : Pair.Severity >= (long)Diagnosis.Severity.Warning;

    /// <summary>Between whom it is, as either end has it: translation of addresses makes that two.</summary>
    public IEnumerable<Ends> Ends => new Ends[]
    {
        new(Edge.AddressOf(Pair.One.Client), Pair.One.Server), new(Edge.AddressOf(Pair.Other.Client), Pair.Other.Server),
    }.Distinct();
}

/// <summary>What both ends of a connection told together.</summary>
/// <param name="At">When, in nanoseconds since the Unix epoch.</param>
/// <param name="Id">The finding; empty when nothing was wrong.</param>
/// <param name="Party">Whose it is, by name.</param>
/// <param name="Severity">How bad, by name.</param>
/// <param name="Confidence">How sure, by name.</param>
/// <param name="ClockNs">How far the second sensor's clock is ahead.</param>
/// <param name="Text">In words, in the hub's language.</param>
/// <param name="Failure">Which sensor did not answer; empty when both did.</param>
internal sealed record SeenVerdict(long At, string Id, string Party, string Severity, string Confidence, long? ClockNs, string Text,
    string Failure)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsBad => Id.Length > 0 && Severity is "warning" or "error";
}

/// <summary>A connection of a sensor.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="RunAt">Its run.</param>
/// <param name="Connection">The connection's number in that.</param>
internal readonly record struct SeenEnd(string Sensor, long RunAt, long Connection);

/// <summary>What one sensor found.</summary>
/// <param name="Of">Of which connection.</param>
/// <param name="Ends">Between whom.</param>
/// <param name="At">When, in nanoseconds since the Unix epoch by the sensor's clock.</param>
/// <param name="Id">The finding.</param>
/// <param name="Party">Whose it is, by name.</param>
/// <param name="Severity">How bad, by name.</param>
/// <param name="Text">In words, in the sensor's language.</param>
internal sealed record SeenFinding(SeenEnd Of, Ends Ends, long At, string Id, string Party, string Severity, string Text);

/// <summary>An exchange that a sensor sent: a slow one, one that failed, or one of a sample.</summary>
/// <param name="Of">Of which connection.</param>
/// <param name="Ends">Between whom.</param>
/// <param name="At">When, in nanoseconds since the Unix epoch by the sensor's clock.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Group">Which operations are like it.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="IsAnswered">Whether there was a reply.</param>
/// <param name="TotalNs">How long it took.</param>
/// <param name="ServerNs">How much of that the server did.</param>
internal sealed record SeenExchange(SeenEnd Of, Ends Ends, long At, string Operation, string Group, string Status, bool Failed,
    bool IsAnswered, long? TotalNs, long? ServerNs);

/// <summary>What a sensor lost.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Kind">Rows of which kind.</param>
/// <param name="Rows">How many.</param>
/// <param name="From">From when, in nanoseconds since the Unix epoch.</param>
/// <param name="To">Up to when.</param>
internal sealed record SeenGap(string Sensor, string Kind, long Rows, long From, long To);
