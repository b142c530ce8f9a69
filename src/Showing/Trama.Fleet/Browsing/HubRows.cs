using System.Globalization;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports;

namespace Trama.Fleet.Browsing;

/// <summary>Writes the rows of a hub's lists.</summary>
internal sealed class HubRows(BrowsedHub hub, FleetPicture picture, Utf8JsonWriter writer, Language language)
{
    /// <summary>A moment, in nanoseconds since the Unix epoch: as text, since a script's numbers do not hold it.</summary>
    public static void At(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long at) =>
        writer.WriteString(name, at.ToString(CultureInfo.InvariantCulture));

    /// <summary>An edge.</summary>
    public void Edge(Edge edge)
    {
        writer.WriteStartObject();
        writer.WriteString("client"u8, edge.Client);
        writer.WriteString("server"u8, edge.Server);
        writer.WriteString("operation"u8, edge.Operation);
        writer.WriteNumber("exchanges"u8, edge.Count);
        writer.WriteNumber("failed"u8, edge.Failed);
        Number("p50"u8, edge.Took.Percentile(0.5));
        Number("p99"u8, edge.Took.Percentile(0.99));
        writer.WriteBoolean("bad"u8, edge.IsRed);
        writer.WriteBoolean("found"u8, picture.IsBad(new Ends(edge.Client, edge.Server)));
        writer.WriteEndObject();
    }

    /// <summary>A connection of which both ends are known.</summary>
    public void Pair(SeenPair pair)
    {
        writer.WriteStartObject();
        State(pair);
        writer.WriteString("one"u8, pair.Pair.One.Sensor);
        writer.WriteString("other"u8, pair.Pair.Other.Sensor);
        writer.WriteString("client"u8, pair.Pair.One.Client);
        writer.WriteString("otherClient"u8, pair.Pair.Other.Client);
        writer.WriteString("by"u8, pair.Pair.By.ToString().ToLowerInvariant());
        At(writer, "at"u8, pair.Pair.One.OpenedAt);
        writer.WriteNumber("lasts"u8, Math.Max(0, pair.Pair.One.LastAt - pair.Pair.One.OpenedAt));
        writer.WriteEndObject();
    }

    /// <summary>What is known of it by now: that may change.</summary>
    public void State(SeenPair pair)
    {
        writer.WriteString("pair"u8, pair.Name);
        writer.WriteBoolean("bad"u8, pair.IsBad);
        writer.WriteBoolean("ladder"u8, hub.Digests.Has(pair.Name));
        writer.WriteBoolean("asked"u8, hub.Asked.Has(pair.Name));
        writer.WriteBoolean("open"u8, pair.Pair.IsEarly);
        if (pair.Verdict is not { } verdict)
        {
            Text("suspected"u8, pair.Pair.One.Finding);
            return;
        }

        if (verdict.Failure.Length > 0)
        {
            writer.WriteString("verdict"u8, language.Pick($"{verdict.Failure} did not answer", $"{verdict.Failure} não respondeu"));
            Text("suspected"u8, pair.Pair.One.Finding);
            return;
        }

        writer.WriteString("verdict"u8, verdict.Id.Length == 0 ? language.Pick("nothing wrong on the way", "nada de errado no caminho")
            : verdict.Text);
        Text("id"u8, verdict.Id);
        Whose(verdict.Party);
        Text("confidence"u8, verdict.Confidence);
        Number("clock"u8, verdict.ClockNs);
    }

    /// <summary>What a sensor found.</summary>
    public void Finding(SeenFinding finding)
    {
        writer.WriteStartObject();
        Of(finding.Of, finding.At);
        writer.WriteString("id"u8, finding.Id);
        Whose(finding.Party);
        writer.WriteBoolean("bad"u8, finding.Severity is "warning" or "error");
        writer.WriteString("text"u8, finding.Text);
        writer.WriteEndObject();
    }

    /// <summary>An exchange.</summary>
    public void Exchange(SeenExchange exchange)
    {
        writer.WriteStartObject();
        Of(exchange.Of, exchange.At);
        Text("operation"u8, exchange.Operation);
        Text("status"u8, exchange.Status);
        writer.WriteBoolean("failed"u8, exchange.Failed);
        writer.WriteBoolean("unanswered"u8, !exchange.IsAnswered);
        Number("totalNs"u8, exchange.TotalNs);
        Number("serverNs"u8, exchange.ServerNs);
        writer.WriteEndObject();
    }

    // Which sensor's connection it is, and whether that leads to a ladder.
    private void Of(SeenEnd end, long at)
    {
        At(writer, "at"u8, at);
        writer.WriteString("sensor"u8, end.Sensor);
        writer.WriteNumber("connection"u8, end.Connection);
        if (picture.PairOf(end) is not { } pair) return;
        writer.WriteString("pair"u8, pair.Name);
        writer.WriteBoolean("ladder"u8, hub.Digests.Has(pair.Name));
    }

    private void Whose(string party) => Text("whose"u8, Enum.TryParse(party, ignoreCase: true, out Party known)
        ? FindingWords.Whose(known, language) : party);

    private void Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known) writer.WriteNumber(name, known);
    }

    private void Text(ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0) writer.WriteString(name, text);
    }
}
