using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trama.Framing;
using Trama.Peers.Transports;

namespace Trama.Cli.Logs;

/// <summary>What a peer meets, as one JSON object a line; times are nanoseconds since the Unix epoch. Many threads may write.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonEvents(LogOutput output, TimeProvider time)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_line;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_visible;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    /// <summary>The time now.</summary>
    public long Now => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Begins an event of now, which <see cref="End"/> writes.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="connection">The number of the connection, from 1; null when it is of none.</param>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> type, long? connection = null) => Begin(type, connection, Now);

    /// <summary>Begins an event of another time.</summary>
    public static Utf8JsonWriter Begin(ReadOnlySpan<byte> type, long? connection, long at)
    {
        ArrayBufferWriter<byte> line = s_line ??= new ArrayBufferWriter<byte>(512);
        Utf8JsonWriter json = s_writer ??= new Utf8JsonWriter(line, Readable);
        line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("at"u8, at);
        if (connection is { } id) json.WriteNumber("connection"u8, id);
        return json;
    }

    /// <summary>Writes the event that this thread began.</summary>
    public void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        ArrayBufferWriter<byte> line = s_line!;
        line.Write("\n"u8);
        output.Append(VisibleJson.Of(line.WrittenSpan, s_visible ??= new ArrayBufferWriter<byte>()));
    }

    /// <summary>Bytes as <c>text</c>, or as <c>hex</c> when they are none.</summary>
    public static void WriteContent(Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        if (VisibleText.IsText(bytes)) json.WriteString("text"u8, bytes);
        else json.WriteString("hex"u8, Convert.ToHexStringLower(bytes));
    }

    /// <summary>What the kernel counted.</summary>
    public static void WriteTcp(Utf8JsonWriter json, TcpStatistics tcp)
    {
        json.WriteStartObject("tcp"u8);
        json.WriteNumber("rttNs"u8, (long)tcp.RoundTrip.TotalNanoseconds);
        json.WriteNumber("rttVariationNs"u8, (long)tcp.Variation.TotalNanoseconds);
        json.WriteNumber("retransmissions"u8, tcp.Retransmitted);
        json.WriteNumber("segmentsOut"u8, tcp.SegmentsOut);
        json.WriteNumber("segmentsIn"u8, tcp.SegmentsIn);
        json.WriteNumber("segmentSize"u8, tcp.SegmentSize);
        json.WriteNumber("congestionWindow"u8, tcp.CongestionWindow);
        json.WriteNumber("peerWindow"u8, tcp.PeerWindow);
        json.WriteEndObject();
    }
}
