using System.Text.Json;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>The processes of a connection as JSON; what is unknown is absent.</summary>
internal static class ProcessJson
{
    /// <summary>Writes the member <c>process</c>, when anything is known of a side.</summary>
    public static void Write(Utf8JsonWriter writer, Connection connection)
    {
        SideProcess? client = connection.Process(Side.Client), server = connection.Process(Side.Server);
        if (client is null && server is null) return;
        writer.WriteStartObject("process"u8);
        Write(writer, "client"u8, client);
        Write(writer, "server"u8, server);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, SideProcess? process)
    {
        if (process is null) return;
        writer.WriteStartObject(name);
        if (process.IsNobody) writer.WriteBoolean("listens"u8, false);
        if (process.Ids is [int only]) writer.WriteNumber("pid"u8, only);
        if (process.Ids.Count > 1)
        {
            writer.WriteStartArray("pids"u8);
            foreach (int id in process.Ids) writer.WriteNumberValue(id);
            writer.WriteEndArray();
        }

        Text(writer, "command"u8, process.Command);
        Text(writer, "program"u8, process.Program);
        Text(writer, "commandLine"u8, process.CommandLine);
        Text(writer, "user"u8, process.User);
        Text(writer, "container"u8, process.Container);
        Text(writer, "pod"u8, process.Pod);
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }
}
