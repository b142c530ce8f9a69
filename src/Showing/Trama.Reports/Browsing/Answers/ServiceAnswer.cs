using System.Text.Json;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what servers were asked.</summary>
internal static class ServiceAnswer
{
    private const int MostRows = 2000;

    /// <summary>Writes the rows, and how many there are.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ServiceRow> services)
    {
        writer.WriteNumber("count"u8, services.Count);
        writer.WriteStartArray("rows"u8);
        foreach (ServiceRow service in services.Take(MostRows))
        {
            writer.WriteStartObject();
            writer.WriteString("server"u8, service.Server.ToString());
            if (service.Protocol is { } protocol) writer.WriteString("protocol"u8, protocol);
            writer.WriteString("group"u8, service.Group);
            writer.WriteNumber("exchanges"u8, service.Exchanges);
            writer.WriteNumber("faulty"u8, service.Faulty);
            writer.WriteNumber("connections"u8, service.Connections);
            if (service.ServerP50Ns is { } median) writer.WriteNumber("p50"u8, median);
            if (service.ServerP99Ns is { } high) writer.WriteNumber("p99"u8, high);
            if (service.ServerMaxNs is { } most) writer.WriteNumber("max"u8, most);
            if (service.NetworkShare is { } share) writer.WriteNumber("network"u8, Math.Round(share, 4));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
