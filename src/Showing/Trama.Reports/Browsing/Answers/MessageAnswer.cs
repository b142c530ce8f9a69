using System.Text;
using System.Text.Json;
using Trama.Framing;
using Trama.Framing.Bodies;
using Trama.Reports.Follow;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what the messages of an exchange say: their first bytes as text and in hexadecimal, and their bodies decoded.</summary>
internal sealed class MessageAnswer(Moments moments, LadderWords words, Question question)
{
    private const int ShownBytes = 64 << 10;
    private const int MostPackets = 256;

    /// <summary>Writes the exchange that is asked for.</summary>
    public AnswerStatus Write(Connection connection)
    {
        long index = question.Number("exchange");
        if (Find(connection, index) is not { } exchange) return AnswerStatus.NotThere;
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("connection"u8, connection.Id);
        writer.WriteNumber("index"u8, exchange.Index);
        writer.WriteNumber("of"u8, connection.Exchanges.Count);
        moments.At("at"u8, exchange.FirstAt);
        moments.Text("protocol"u8, exchange.Protocol);
        moments.Number("stream"u8, exchange.Stream);
        moments.Text("operation"u8, VisibleText.Of(exchange.Operation.Span));
        moments.Text("status"u8, VisibleText.Of(exchange.Status.Span));
        if (exchange.Failed is { } failed) writer.WriteBoolean("failed"u8, failed);
        moments.Number("requestNs"u8, exchange.RequestTransferNs);
        moments.Number("networkNs"u8, exchange.NetworkNs);
        moments.Number("serverNs"u8, exchange.ServerNs);
        moments.Number("replyNs"u8, exchange.ReplyTransferNs);
        moments.Number("totalNs"u8, exchange.TotalNs);
        writer.WriteStartArray("messages"u8);
        foreach (Message message in exchange.Messages) Message(exchange, message);
        writer.WriteEndArray();
        return AnswerStatus.Answered;
    }

    // Exchanges stand in the order in which they were complete, which is nearly that of their numbers.
    private static Exchange? Find(Connection connection, long index) =>
        connection.Exchanges.FirstOrDefault(exchange => exchange.Index == index);

    private void Message(Exchange exchange, Message message)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteStartObject();
        (string title, string size, string text) = words.Message(exchange, message);
        writer.WriteString("title"u8, title);
        writer.WriteString("size"u8, size);
        writer.WriteString("summary"u8, text);
        writer.WriteString("from"u8, message.From == Side.Client ? "client"u8 : "server"u8);
        writer.WriteNumber("bytes"u8, message.Bytes);
        moments.At("at"u8, message.FirstAt);
        moments.At("lastAt"u8, message.LastAt);
        if (message.MissingBytes > 0) writer.WriteNumber("missing"u8, message.MissingBytes);
        if (!message.IsComplete) writer.WriteBoolean("cut"u8, true);
        writer.WriteNumber("packetCount"u8, message.PacketCount);
        moments.Numbers("packets"u8, message.Packets.Take(MostPackets));
        Bytes(message.Head.Span, message.Head.Length < message.Bytes - message.MissingBytes);
        if (message.Body is { } body)
        {
            writer.WriteStartObject("body"u8);
            moments.Text("type"u8, VisibleText.Of(body.MediaType));
            moments.Text("encoding"u8, VisibleText.Of(body.Encoding));
            writer.WriteNumber("bytes"u8, body.Bytes);
            moments.Number("decodedBytes"u8, body.DecodedBytes);
            if (body.Obstacle != BodyObstacle.None) writer.WriteString("obstacle"u8, ObstacleWords.Of(body.Obstacle, question.Language));
            Bytes(message.BodyHead.Span, message.IsBodyHeadCut);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void Bytes(ReadOnlySpan<byte> bytes, bool cut)
    {
        Utf8JsonWriter writer = moments.Writer;
        bool isMore = cut || bytes.Length > ShownBytes;
        bytes = bytes[..Math.Min(bytes.Length, ShownBytes)];
        writer.WriteNumber("shown"u8, bytes.Length);
        if (isMore) writer.WriteBoolean("more"u8, true);
        writer.WriteBoolean("binary"u8, VisibleText.IsBinary(bytes));
        var text = new StringBuilder();
        VisibleLines.Append(text, bytes);
        writer.WriteString("text"u8, text.ToString());
        text.Clear();
        HexText.AppendRows(text, bytes);
        writer.WriteString("hex"u8, text.ToString());
    }
}
