using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Mcp.Answers;
using Trama.Mcp.Reading;
using Trama.Rows;
using Trama.Tracing;

namespace Trama.Mcp.Tools;

/// <summary><c>trace</c>: the exchanges of a capture, or its connections, as rows.</summary>
internal sealed class TraceTool(CaptureTools tools) : CaptureTool(tools, "trace",
    "Trace a capture: one row per exchange (request and reply) with its times in ns, sizes and outcome; or one per connection.",
    ToolParameter.File, s_of, s_connection, ToolParameter.First, ToolParameter.Rows)
{
    private const string Exchanges = "exchanges", Connections = "connections";

    private static readonly ToolParameter s_of =
        new("of", "string", $"What rows are of: {Exchanges} (the default) or {Connections}");

    private static readonly ToolParameter s_connection =
        new("connection", "integer", "Only exchanges of the connection of this number");

    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        string of = arguments.Text(s_of) ?? Exchanges;
        if (of is not (Exchanges or Connections)) throw new UserError(Language == Reports.Language.Portuguese
            ? $"'of' deve ser {Exchanges} ou {Connections}" : $"'of' is to be {Exchanges} or {Connections}");
        long only = arguments.Number(s_connection, 0, long.MaxValue);
        using var rows = new RowList(arguments.Window);
        using var others = new RowList(RowWindow.None);
        using var sink = new RowSink(schema => Tools.Disclosure.Before(
            new JsonTable(schema, schema.Name == of ? rows : others), schema), packets: false, Tools.Disclosure.Text);
        var options = new TracingOptions
        {
            ExchangesOf = only > 0 ? new HashSet<long> { only } : null,
            HeadBytes = 0,
            MaxPacketNumbers = 1,
        };
        CaptureTotals totals = Tools.Reading.Read(arguments.File, options, sink, answer, time);
        ThrowUnlessThere(only, totals);
        sink.Complete(new CaptureDiagnosis(totals, []));
        answer.Add(of, rows);
    }
}
