using System.Globalization;
using System.Text;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Reports.Findings;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Testing;

/// <summary>What was seen on the wire: connections, their exchanges and segments, and what went wrong.</summary>
public sealed class Traffic
{
    private const int MaxDrawn = 8;

    // Of what was said, all is kept, as far as memory goes.
    private const int HeadBytes = 16 << 20;
    private const long MaxHeadBytes = 256L << 20;
    private const int MaxSegments = 1 << 16;

    private Traffic(IReadOnlyList<Connection> connections, CaptureDiagnosis diagnosis, string place) =>
        (Connections, Diagnosis, Place) = (connections, diagnosis, place);

    /// <summary>The connections, in order of their first packets.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>What went wrong, and whose it is.</summary>
    public CaptureDiagnosis Diagnosis { get; }

    /// <summary>The exchanges of all connections, in order of their beginnings.</summary>
    public IReadOnlyList<Exchange> Exchanges =>
        [.. Connections.SelectMany(connection => connection.Exchanges).OrderBy(each => each.FirstAt)];

    /// <summary>Why segments were not seen, but only messages; null when they were.</summary>
    public string? Blind { get; private init; }

    /// <summary>Why there may have been more than was seen, as in a file that is cut; null when there was not.</summary>
    public string? Unread { get; private init; }

    /// <summary>Where it was looked for: <c>at 127.0.0.1:80</c>, <c>in x.pcap</c>.</summary>
    internal string Place { get; }

    /// <summary>Reads a capture file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="framing">How messages are told apart; null finds out.</param>
    /// <exception cref="CaptureException">It cannot be read.</exception>
    public static Traffic Read(string path, FramingRule? framing = null)
    {
        using CaptureFile file = CaptureFile.Open(path);
        return Of(file, framing ?? FramingRule.Auto, blind: null, $"in {path}");
    }

    /// <summary>Asserts something of it.</summary>
    /// <param name="skip">See <see cref="WireOptions.Skip"/>.</param>
    /// <exception cref="WireAssertionException">Not all of it could be read.</exception>
    public WireAssertions Should(Action<string>? skip = null) => new(this, skip);

    /// <summary>The verdict, and the ladders of the first connections.</summary>
    public override string ToString()
    {
        var options = new TextOptions { Width = 100 };
        var text = new StringBuilder();
        if (Blind is not null) text.AppendLine(CultureInfo.InvariantCulture, $"segments were not seen: {Blind}");
        text.AppendLine(DiagnosisText.Draw(Diagnosis, options, TimeZoneInfo.Utc));
        foreach (Connection connection in Connections.Take(MaxDrawn))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"connection {connection.Id}");
            text.AppendLine(TextLadder.Draw(ConnectionLadder.Of(connection, Diagnosis.FindingsOf(connection)), options));
        }

        if (Connections.Count > MaxDrawn) text.AppendLine(
            CultureInfo.InvariantCulture, $"and {Connections.Count - MaxDrawn} more connections");
        return text.ToString();
    }

    /// <summary>Traces packets that were kept in memory.</summary>
    /// <param name="file">They, as a capture file; empty when there are none.</param>
    /// <param name="framing">How messages are told apart.</param>
    /// <param name="blind">See <see cref="Blind"/>.</param>
    /// <param name="place">See <see cref="Place"/>.</param>
    internal static Traffic Of(byte[] file, FramingRule framing, string? blind, string place)
    {
        if (file.Length == 0) return new Traffic([], new CaptureDiagnosis(new CaptureTotals { IsSynthetic = blind is not null }, []), place)
        {
            Blind = blind,
        };
        using CaptureFile capture = CaptureFile.Open(new MemoryStream(file));
        return Of(capture, framing, blind, place);
    }

    // The end of a connection of which nothing else was kept. That it was reset is no mere end.
    private static bool IsRemainder(Connection connection) => connection is
    {
        ToServer: { Syn: false, StreamBytes: 0, Rst: false },
        ToClient: { Syn: false, StreamBytes: 0, Rst: false },
    };

    private static Traffic Of(CaptureFile file, FramingRule framing, string? blind, string place)
    {
        var kept = new KeptConnections();
        var judged = new JudgedConnections { Report = kept };
        var tracker = new ConnectionTracker(Diagnoser.Options with
        {
            Framing = framing,
            IsSynthetic = blind is not null,
            KeepExchanges = true,
            KeptSegments = MaxSegments,
            HeadBytes = HeadBytes,
            MaxHeadBytes = MaxHeadBytes,
            Bodies = BodyNeeds.Facts,
        }, judged);
        while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        tracker.Complete();
        string? unread = file.End is { IsComplete: false } end ? $"the capture cannot be read to its end: {end}" : null;
        Connection[] connections = [.. kept.Connections.Where(connection => !IsRemainder(connection)).OrderBy(connection => connection.Id)];
        return new Traffic(connections, judged.Diagnoser.Conclude(tracker.Totals), place) { Blind = blind, Unread = unread };
    }

    private sealed class KeptConnections : ITraceSink
    {
        public List<Connection> Connections { get; } = [];

        public void ConnectionEnded(Connection connection) => Connections.Add(connection);
    }
}
