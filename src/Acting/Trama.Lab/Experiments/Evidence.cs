using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Experiments;

/// <summary>What happened in an experiment.</summary>
/// <param name="Connections">The connections of the plan, as the programs noted them; no company.</param>
/// <param name="Wire">What passed on the path.</param>
internal sealed record Evidence(IReadOnlyList<ConnectionLog> Connections, Wire Wire)
{
    /// <summary>The first connection; null when the client made none.</summary>
    public ConnectionLog? First => Connections.Count > 0 ? Connections[0] : null;

    /// <summary>What the client sent.</summary>
    public Tally ClientSent => Wire.Sent[(int)Direction.ToServer];

    /// <summary>What the server sent.</summary>
    public Tally ServerSent => Wire.Sent[(int)Direction.ToClient];

    /// <summary>What arrived at the server.</summary>
    public Tally ServerGot => Wire.Arrived[(int)Direction.ToServer];

    /// <summary>What arrived at the client.</summary>
    public Tally ClientGot => Wire.Arrived[(int)Direction.ToClient];

    /// <summary>How the first connection ended for the client.</summary>
    public string ClientOutcome => First?.ClientOutcome ?? "";

    /// <summary>How the first connection ended for the server.</summary>
    public string ServerOutcome => First?.ServerOutcome ?? "";

    /// <summary>The longest time that the server's program had a whole request before it began to reply, in nanoseconds.</summary>
    public long LongestThink => Connections.SelectMany(Thinks).DefaultIfEmpty().Max();

    /// <summary>How often the path did something.</summary>
    public int Count(string action, string? reason = null) =>
        Wire.Events.Count(entry => entry.Action == action && (reason is null || entry.Reason == reason));

    /// <summary>A check on a number.</summary>
    public static Check AtLeast(string text, long value, long least) => new(text, value >= least, $"{value}");

    /// <summary>A check on a number.</summary>
    public static Check Exactly(string text, long value, long wanted) => new(text, value == wanted, $"{value}");

    /// <summary>A check on how a connection ended.</summary>
    public static Check Is(string text, string value, params ReadOnlySpan<string> wanted) => new(text, wanted.Contains(value), value);

    private static IEnumerable<long> Thinks(ConnectionLog log)
    {
        IReadOnlyList<Message> requests = log.ToServer.Messages;
        foreach (Message reply in log.ToClient.Messages)
        {
            if (reply is { Answers: { } number, Writes: [var written, ..] } && number <= requests.Count
                && log.ToServer.ReadOf(requests[number - 1]).Last is { } read) yield return written - read;
        }
    }
}
