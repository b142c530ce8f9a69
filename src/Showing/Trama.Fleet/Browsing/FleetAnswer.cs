using System.Text.Json;
using Trama.Reports;

namespace Trama.Fleet.Browsing;

/// <summary>Writes what a hub's store is as a whole: how much it has, what is missing, and the graph of who talks to whom.</summary>
internal sealed class FleetAnswer(BrowsedHub hub, FleetPicture picture, Utf8JsonWriter writer, Language language)
{
    // More than a screen has room for.
    private const int MostNames = 40, MostGaps = 20;

    /// <summary>Writes its members.</summary>
    public void Write()
    {
        writer.WriteString("name"u8, Framing.VisibleText.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(hub.Store))));
        HubRows.At(writer, "since"u8, picture.Since);
        writer.WriteNumber("sensors"u8, picture.Sensors);
        writer.WriteNumber("services"u8, picture.Edges.Select(edge => edge.Server).Distinct().Count());
        writer.WriteNumber("edges"u8, picture.Edges.Count);
        writer.WriteNumber("red"u8, picture.Edges.Count(picture.IsRed));
        writer.WriteNumber("exchanges"u8, picture.Edges.Sum(edge => edge.Count));
        writer.WriteNumber("pairs"u8, picture.Pairs.Count);
        writer.WriteStartArray("notes"u8);
        foreach (string note in Notes()) writer.WriteStringValue(note);
        writer.WriteEndArray();
        Graph();
    }

    private IEnumerable<string> Notes()
    {
        if (hub.Failure.Length > 0) yield return language.Pick($"the store cannot be read just now: {hub.Failure}",
            $"o armazém não pode ser lido agora: {hub.Failure}");
        if (!picture.IsWhole) yield return language.Pick(
            "hours before this one are not shown, they need DuckDB: trama sql --setup brings it",
            "as horas antes desta não são mostradas, precisam do DuckDB: trama sql --setup o traz");
        (long rows, long exchanges) = picture.LeftOut;
        if (rows > 0) yield return language.Pick($"{rows} older rows are not held here: trama sql --hub has them",
            $"{rows} linhas mais antigas não estão aqui: trama sql --hub as tem");
        if (exchanges > 0) yield return language.Pick($"{exchanges} exchanges are in no row: there are too many operations",
            $"{exchanges} trocas não estão em nenhuma linha: há operações demais");
        foreach (SeenGap gap in picture.Gaps.Take(MostGaps)) yield return language.Pick(
            $"{gap.Sensor} lost {gap.Rows} {gap.Kind}, {Time(gap.From)} .. {Time(gap.To)}: its spool was full",
            $"{gap.Sensor} perdeu {gap.Rows} {gap.Kind}, {Time(gap.From)} .. {Time(gap.To)}: sua fila estava cheia");
        if (picture.Gaps.Count > MostGaps) yield return language.Pick($"and {picture.Gaps.Count - MostGaps} more gaps",
            $"e mais {picture.Gaps.Count - MostGaps} lacunas");
    }

    private void Graph()
    {
        // Edges are red first: what is worst has its place.
        string[] clients = [.. picture.Edges.Select(edge => edge.Client).Distinct().Take(MostNames)],
            servers = [.. picture.Edges.Select(edge => edge.Server).Distinct().Take(MostNames)];
        writer.WriteStartObject("graph"u8);
        Names("clients"u8, clients);
        Names("servers"u8, servers);
        writer.WriteStartArray("lines"u8);
        foreach (var line in picture.Edges.GroupBy(edge => new Ends(edge.Client, edge.Server)))
        {
            (int client, int server) = (Array.IndexOf(clients, line.Key.Client), Array.IndexOf(servers, line.Key.Server));
            if (client < 0 || server < 0) continue;
            writer.WriteStartObject();
            writer.WriteNumber("client"u8, client);
            writer.WriteNumber("server"u8, server);
            writer.WriteNumber("count"u8, line.Sum(edge => edge.Count));
            writer.WriteNumber("failed"u8, line.Sum(edge => edge.Failed));
            writer.WriteBoolean("bad"u8, line.Any(picture.IsRed));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Names(ReadOnlySpan<byte> name, string[] names)
    {
        writer.WriteStartArray(name);
        foreach (string one in names) writer.WriteStringValue(one);
        writer.WriteEndArray();
    }

    private static string Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
