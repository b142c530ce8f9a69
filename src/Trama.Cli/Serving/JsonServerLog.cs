using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trama.Framing;
using Trama.Peers.Serving;
using Trama.Peers.Transports;

namespace Trama.Cli.Serving;

/// <summary>The server's events as one JSON object a line; times are nanoseconds since the Unix epoch.</summary>
/// <param name="output">Where they go.</param>
/// <param name="time">The clock.</param>
/// <param name="whole">Whether messages and replies are written whole; otherwise the beginning of messages, and of replies the length.</param>
internal sealed class JsonServerLog(LogOutput output, TimeProvider time, bool whole = false) : IServerLog
{
    private const int MostShown = 256;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_line;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    private long _connections;
    private long _messages;

    /// <inheritdoc/>
    public void Listening(EndPoint endpoint)
    {
        Utf8JsonWriter json = Begin("listening"u8);
        if (endpoint is IPEndPoint { Address: var address, Port: var port })
        {
            json.WriteString("address"u8, address.ToString());
            json.WriteNumber("port"u8, port);
        }
        else
        {
            json.WriteString("path"u8, endpoint.ToString());
        }

        End(json);
    }

    /// <inheritdoc/>
    public void Connected(ServerConnection connection)
    {
        Utf8JsonWriter json = Begin("connected"u8, connection);
        json.WriteString("client"u8, connection.Client.ToString());
        json.WriteString("server"u8, connection.Local.ToString());
        End(json);
    }

    /// <inheritdoc/>
    public void Received(ServerConnection connection, ReadOnlySpan<byte> message)
    {
        Utf8JsonWriter json = Begin("message"u8, connection);
        json.WriteNumber("bytes"u8, message.Length);
        WriteContent(json, whole ? message : message[..MessageExcerpt.Length(message, MostShown)]);
        End(json);
    }

    /// <inheritdoc/>
    public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply)
    {
        Utf8JsonWriter json = Begin("reply"u8, connection);
        json.WriteNumber("bytes"u8, reply.Length);
        if (whole) WriteContent(json, reply);
        End(json);
    }

    /// <inheritdoc/>
    public void Closed(ServerConnection connection, ConnectionEnd end)
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Add(ref _messages, connection.Messages);
        Utf8JsonWriter json = Begin("closed"u8, connection);
        json.WriteString("reason"u8, Name(end));
        json.WriteNumber("messages"u8, connection.Messages);
        json.WriteNumber("receivedBytes"u8, connection.ReceivedBytes);
        json.WriteNumber("sentBytes"u8, connection.SentBytes);
        if (connection.Statistics is { } tcp) WriteTcp(json, tcp);
        End(json);
    }

    /// <inheritdoc/>
    public void Refused(IPEndPoint client)
    {
        Utf8JsonWriter json = Begin("refused"u8);
        json.WriteString("client"u8, client.ToString());
        End(json);
    }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error)
    {
        Utf8JsonWriter json = Begin("accept-failed"u8);
        json.WriteString("error"u8, error.ToString());
        End(json);
    }

    /// <inheritdoc/>
    public void Stopped()
    {
        Utf8JsonWriter json = Begin("stopped"u8);
        json.WriteNumber("connections"u8, Interlocked.Read(ref _connections));
        json.WriteNumber("messages"u8, Interlocked.Read(ref _messages));
        End(json);
    }

    private static ReadOnlySpan<byte> Name(ConnectionEnd end) => end switch
    {
        ConnectionEnd.ClientClosed => "client-closed"u8,
        ConnectionEnd.Replied => "replied"u8,
        ConnectionEnd.Idle => "idle"u8,
        ConnectionEnd.TooLarge => "too-large"u8,
        ConnectionEnd.Cut => "cut"u8,
        ConnectionEnd.Unfit => "unfit"u8,
        ConnectionEnd.Misbehaved => "misbehaved"u8,
        ConnectionEnd.Unanswered => "unanswered"u8,
        ConnectionEnd.TlsFailed => "tls-failed"u8,
        ConnectionEnd.Reset => "reset"u8,
        ConnectionEnd.Stopped => "stopped"u8,
        _ => "aborted"u8,
    };

    private static void WriteContent(Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        if (VisibleText.IsText(bytes)) json.WriteString("text"u8, bytes);
        else json.WriteString("hex"u8, Convert.ToHexStringLower(bytes));
    }

    private static void WriteTcp(Utf8JsonWriter json, TcpStatistics tcp)
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

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type)
    {
        ArrayBufferWriter<byte> line = s_line ??= new ArrayBufferWriter<byte>(512);
        Utf8JsonWriter json = s_writer ??= new Utf8JsonWriter(line, Readable);
        line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("at"u8, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
        return json;
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type, ServerConnection connection)
    {
        Utf8JsonWriter json = Begin(type);
        json.WriteNumber("connection"u8, connection.Id);
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        ArrayBufferWriter<byte> line = s_line!;
        line.Write("\n"u8);
        output.Append(line.WrittenSpan);
    }
}
