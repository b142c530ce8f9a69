using System.Buffers;
using System.Text.Json;
using Trama.Fleet.Joining;
using Trama.Reports;
using Trama.Reports.Browsing.Answers;

namespace Trama.Fleet.Browsing;

/// <summary>
/// Answers what the page of a hub asks, in JSON. Moments are texts of nanoseconds since the Unix epoch, durations nanoseconds; what is
/// unknown is absent. A question with a <c>pair</c> is one about two captures: those that its sensors sent.
/// </summary>
/// <param name="hub">The store.</param>
public sealed class HubAnswers(BrowsedHub hub) : IPageAnswers
{
    private const int Rows = 100, MostRows = 1000;

    /// <inheritdoc/>
    public string Home => "/hub.html";

    /// <inheritdoc/>
    public void WriteState(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("version"u8, hub.Version);
        writer.WriteBoolean("complete"u8, true);
    }

    /// <inheritdoc/>
    public AnswerStatus Answer(Question question, IBufferWriter<byte> output, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        string name = question.Text("pair");
        try
        {
            if (name.Length > 0 && question.Name is not ("ask" or "asked") && hub.Joined(name) is { } joined)
                return joined.Answer(question, output, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As if it were not there.
        }

        using var writer = new Utf8JsonWriter(output, AnswerJson.Options);
        writer.WriteStartObject();
        AnswerStatus status = name.Length > 0 ? OfPair(question, hub.Picture.Pair(name), writer) : OfFleet(question, writer);
        writer.WriteEndObject();
        return status;
    }

    private AnswerStatus OfFleet(Question question, Utf8JsonWriter writer)
    {
        FleetPicture picture = hub.Picture;
        var rows = new HubRows(hub, picture, writer, question.Language);
        switch (question.Name)
        {
            case "fleet":
                writer.WriteNumber("version"u8, hub.Version);
                new FleetAnswer(hub, picture, writer, question.Language).Write();
                return AnswerStatus.Answered;
            case "edges":
                List(Chosen(question, picture), rows.Edge);
                return AnswerStatus.Answered;
            case "pairs":
                List([.. picture.Pairs.Where(pair => pair.Ends.Any(ends => Asks(question, ends)))], rows.Pair);
                return AnswerStatus.Answered;
            case "found":
                List([.. picture.Findings.Where(finding => Asks(question, finding.Ends))], rows.Finding);
                return AnswerStatus.Answered;
            case "exchanges":
                string operation = question.Text("operation");
                List([.. picture.Exchanges.Where(exchange => Asks(question, exchange.Ends) && (operation.Length == 0
                    || exchange.Group == operation || exchange.Operation == operation))], rows.Exchange);
                return AnswerStatus.Answered;
            default:
                return AnswerStatus.NotThere;
        }

        void List<T>(IReadOnlyList<T> all, Action<T> write)
        {
            writer.WriteNumber("count"u8, all.Count);
            writer.WriteStartArray("rows"u8);
            int first = (int)Math.Min(question.Number("first"), all.Count);
            for (int i = first; i < Math.Min(all.Count, first + Math.Min(question.Number("count", Rows), MostRows)); i++) write(all[i]);
            writer.WriteEndArray();
        }
    }

    private AnswerStatus OfPair(Question question, SeenPair? pair, Utf8JsonWriter writer)
    {
        if (pair is null || question.Name is not ("ask" or "asked")) return AnswerStatus.NotThere;
        try
        {
            if (question.Name == "ask" && !hub.Digests.Has(pair.Name) && !hub.Asked.Ask(pair.Pair))
            {
                writer.WriteString("error"u8, question.Language.Pick($"{AskedPairs.Most} connections are asked for already",
                    $"{AskedPairs.Most} conexões já foram pedidas"));
                return AnswerStatus.Refused;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            writer.WriteString("error"u8, question.Language.Pick(
                $"who may not write the hub's store cannot have it ask: {error.Message}",
                $"quem não pode escrever no armazém do hub não pode fazê-lo perguntar: {error.Message}"));
            return AnswerStatus.Refused;
        }

        new HubRows(hub, hub.Picture, writer, question.Language).State(pair);
        return AnswerStatus.Answered;
    }

    private static Edge[] Chosen(Question question, FleetPicture picture)
    {
        string search = question.Text("search");
        IEnumerable<Edge> edges = picture.Edges.Where(edge => Asks(question, new Ends(edge.Client, edge.Server))
            && (!question.Has("faults") || picture.IsRed(edge)) && (search.Length == 0
            || $"{edge.Client} {edge.Server} {edge.Operation}".Contains(search, StringComparison.OrdinalIgnoreCase)));
        edges = question.Text("order") switch
        {
            "client" => edges.OrderBy(edge => edge.Client, StringComparer.Ordinal),
            "server" => edges.OrderBy(edge => edge.Server, StringComparer.Ordinal),
            "operation" => edges.OrderBy(edge => edge.Operation, StringComparer.Ordinal),
            "count" => edges.OrderBy(edge => edge.Count),
            "failed" => edges.OrderBy(edge => edge.Failed),
            "p50" => edges.OrderBy(edge => edge.Took.Percentile(0.5) ?? 0),
            "p99" => edges.OrderBy(edge => edge.Took.Percentile(0.99) ?? 0),
            _ => edges,
        };
        return question.Has("down") ? [.. edges.Reverse()] : [.. edges];
    }

    private static bool Asks(Question question, Ends ends) => question.Text("client") is var client && question.Text("server") is var server
        && (client.Length == 0 || client == ends.Client) && (server.Length == 0 || server == ends.Server);
}
