using Trama.Mcp.Answers;
using Trama.Mcp.Reading;
using Trama.Tracing;

namespace Trama.Mcp.Tools;

/// <summary><c>follow</c>: the messages of a connection, and with payload what they say.</summary>
internal sealed class FollowTool(CaptureTools tools) : CaptureTool(tools, "follow",
    "Follow a connection: one row per message with its sender, times in ns, size and packets; what it says only where payload is told.",
    ToolParameter.File, s_connection, ToolParameter.First, ToolParameter.Rows)
{
    private static readonly ToolParameter s_connection =
        new("connection", "integer", "The number of the connection, as trace tells it (default 1)");

    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        long id = arguments.Number(s_connection, 1, long.MaxValue);
        using var rows = new RowList(arguments.Window);
        var options = new TracingOptions
        {
            ExchangesOf = new HashSet<long> { id },
            KeepWords = false,
            HeadBytes = Tools.Disclosure.HasPayload ? Limits.MessageBytes : 0,
            MaxPacketNumbers = 1,
        };
        CaptureTotals totals = Tools.Reading.Read(
            arguments.File, options, new FollowedMessages(id, rows, Tools.Disclosure.HasPayload), answer, time);
        ThrowUnlessThere(id, totals);
        answer.Writer.WriteNumber("connection"u8, id);
        answer.Add("messages", rows);
    }
}
