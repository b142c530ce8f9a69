using System.Globalization;
using System.Text.Json;
using Trama.Framing;
using Trama.Framing.Tls;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes the member <c>tls</c> of a connection: what is known of its TLS, and how long the parts of its handshake took.</summary>
internal static class TlsJson
{
    /// <summary>Writes it, if the connection has one.</summary>
    public static void Write(Utf8JsonWriter writer, Connection connection)
    {
        if (connection.Tls is not { } tls) return;
        writer.WriteStartObject("tls"u8);
        Text(writer, "version"u8, tls.Version);
        Text(writer, "serverName"u8, tls.ServerName);
        Text(writer, "alpn"u8, tls.Alpn);
        if (tls.OfferedAlpn.Count > 0) Texts(writer, "offeredAlpn"u8, tls.OfferedAlpn);
        Text(writer, "cipher"u8, tls.Cipher);
        writer.WriteBoolean("decrypted"u8, tls.IsDecrypted);
        if (tls.Obstacle != TlsObstacle.None) writer.WriteString("obstacle"u8,
            JsonNamingPolicy.KebabCaseLower.ConvertName(tls.Obstacle.ToString()));
        if (tls.IsResumed is { } resumed) writer.WriteBoolean("resumed"u8, resumed);
        if (tls.IsRetried) writer.WriteBoolean("helloRetried"u8, true);
        if (tls.Certificate is { } certificate) Certificate(writer, certificate);
        if (tls.Alerts.Count > 0) Alerts(writer, tls.Alerts);
        if (connection.TlsTimes is { } times) Handshake(writer, times);
        writer.WriteEndObject();
    }

    private static void Certificate(Utf8JsonWriter writer, TlsCertificate certificate)
    {
        writer.WriteStartObject("certificate"u8);
        writer.WriteString("subject"u8, certificate.Subject);
        writer.WriteString("issuer"u8, certificate.Issuer);
        // A certificate may be valid until a year that no count of nanoseconds reaches.
        writer.WriteString("notBefore"u8, Date(certificate.NotBefore));
        writer.WriteString("notAfter"u8, Date(certificate.NotAfter));
        Texts(writer, "names"u8, certificate.Names);
        writer.WriteEndObject();
    }

    private static void Alerts(Utf8JsonWriter writer, IReadOnlyList<TlsAlert> alerts)
    {
        writer.WriteStartArray("alerts"u8);
        foreach (TlsAlert alert in alerts)
        {
            writer.WriteStartObject();
            writer.WriteString("from"u8, alert.Direction == Direction.ToServer ? "client"u8 : "server"u8);
            writer.WriteString("level"u8, alert.IsFatal ? "fatal"u8 : "warning"u8);
            writer.WriteString("description"u8, alert.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Handshake(Utf8JsonWriter writer, TlsHandshakeTimes times)
    {
        Number(writer, "handshakeNs"u8, times.TotalNs);
        Number(writer, "serverHelloNs"u8, times.ServerHelloNs);
        Number(writer, "clientFinishedNs"u8, times.ClientFinishedNs);
        Number(writer, "serverFinishedNs"u8, times.ServerFinishedNs);
    }

    private static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void Texts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known) writer.WriteNumber(name, known);
    }

    private static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
