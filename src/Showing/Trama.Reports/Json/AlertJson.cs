using System.Buffers;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Text;

namespace Trama.Reports.Json;

/// <summary>A finding as a JSON object of its own, for programs that are told of it: as <c>--json</c> has it.</summary>
public static class AlertJson
{
    /// <summary>The object, in UTF-8, with the end of a line.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="leftOut">How many findings before were not told.</param>
    /// <param name="text">How its text is written.</param>
    public static byte[] Of(ConnectionDiagnosis connection, Finding finding, long leftOut, TextOptions text)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(text);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("connection"u8, connection.Id);
            writer.WriteString("client"u8, connection.Client.ToString());
            writer.WriteString("server"u8, connection.Server.ToString());
            if (leftOut > 0) writer.WriteNumber("leftOut"u8, leftOut);
            writer.WritePropertyName("findings"u8);
            new FindingJson(writer, text).Findings([finding]);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }
}
