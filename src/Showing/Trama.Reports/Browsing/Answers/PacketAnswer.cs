using System.Text;
using System.Text.Json;
using Trama.Framing;
using Trama.Packets;
using Trama.Reports.Ladder;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers which bytes a packet has, and which messages it carries.</summary>
internal sealed class PacketAnswer(Moments moments, LadderWords words, BrowsedCapture capture)
{
    private const int ShownBytes = 64 << 10;
    private const int MostMessages = 64;

    /// <summary>Writes a packet.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="stop">Ends it early.</param>
    public AnswerStatus Write(long number, CancellationToken stop)
    {
        bool isThere = false;
        long connection = capture.ConnectionOf(number);
        capture.ReadPackets([number], (in Record record, long packet) =>
        {
            Utf8JsonWriter writer = moments.Writer;
            isThere = true;
            writer.WriteNumber("packet"u8, packet);
            writer.WriteNumber("connection"u8, connection);
            moments.At("at"u8, record.Timestamp);
            writer.WriteNumber("length"u8, record.OriginalLength);
            writer.WriteNumber("captured"u8, record.Bytes.Length);
            var text = new StringBuilder();
            HexText.AppendRows(text, record.Bytes[..Math.Min(record.Bytes.Length, ShownBytes)]);
            writer.WriteString("hex"u8, text.ToString());
        }, stop);
        if (!isThere) return AnswerStatus.NotThere;
        Messages(connection == 0 ? null : capture.Read(connection, stop)?.Connection, number);
        return AnswerStatus.Answered;
    }

    private void Messages(Connection? connection, long number)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteStartArray("messages"u8);
        foreach ((Exchange exchange, Message message) in Carried(connection, number).Take(MostMessages))
        {
            writer.WriteStartObject();
            writer.WriteNumber("exchange"u8, exchange.Index);
            writer.WriteString("title"u8, words.Message(exchange, message).Title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<(Exchange Exchange, Message Message)> Carried(Connection? connection, long number) =>
        (connection?.Exchanges ?? []).SelectMany(exchange => exchange.Messages.Where(message => message.Packets.Contains(number))
            .Select(message => (exchange, message)));
}
