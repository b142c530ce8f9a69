using System.Text.Json;
using Trama.Framing;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers which connections there are.</summary>
internal sealed class ConnectionAnswer(Moments moments, BrowsedCapture capture)
{
    /// <summary>Writes a window of a list.</summary>
    public void List(Window<BrowsedConnection> window)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("count"u8, window.Count);
        writer.WriteNumber("first"u8, window.From);
        writer.WriteStartArray("rows"u8);
        foreach (BrowsedConnection row in window.Rows)
        {
            writer.WriteStartObject();
            Write(row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the members of one.</summary>
    /// <param name="row">The connection.</param>
    /// <param name="read">The same, read again: while it is open, it alone tells the round trip.</param>
    public void Write(BrowsedConnection row, Connection? read = null)
    {
        Utf8JsonWriter writer = moments.Writer;
        Connection connection = row.Connection;
        writer.WriteNumber("id"u8, connection.Id);
        writer.WriteString("client"u8, connection.Client.ToString());
        writer.WriteString("server"u8, connection.Server.ToString());
        writer.WriteString("state"u8, JsonNamingPolicy.CamelCase.ConvertName(connection.State.ToString()));
        moments.At("at"u8, connection.OpenedAt);
        writer.WriteNumber("lasts"u8, row.LastAt - connection.OpenedAt);
        moments.Text("protocol"u8, Protocol(connection));
        moments.Text("name"u8, (connection.Tls?.ServerName ?? connection.ServerName) is { } name ? VisibleText.Of(name) : null);
        moments.Text("clientProcess"u8, ProcessText.Of(connection.Process(Side.Client)));
        moments.Text("serverProcess"u8, ProcessText.Of(connection.Process(Side.Server)));
        writer.WriteNumber("exchanges"u8, row.Exchanges);
        writer.WriteNumber("faulty"u8, row.Faulty);
        writer.WriteNumber("toServer"u8, connection.ToServer.StreamBytes);
        writer.WriteNumber("toClient"u8, connection.ToClient.StreamBytes);
        writer.WriteNumber("packets"u8, connection.ToServer.Packets + connection.ToClient.Packets);
        writer.WriteNumber("retransmissions"u8, row.Retransmissions);
        long missing = connection.ToServer.MissingBytes + connection.ToClient.MissingBytes;
        moments.Number("missing"u8, missing > 0 ? missing : null);
        moments.Number("rtt"u8, (connection.Rtt ?? read?.Rtt)?.P50Ns);
        moments.Number("max"u8, row.LongestServerNs > 0 ? row.LongestServerNs : null);
        if (capture.FindingsOf(connection.Id) is not [var main, ..]) return;
        writer.WriteStartObject("finding"u8);
        FoundAnswer.Identity(writer, main);
        writer.WriteEndObject();
    }

    private static string? Protocol(Connection connection) =>
        connection.Layers.Count > 0 ? string.Join(" · ", connection.Layers) : connection.Framing;
}
