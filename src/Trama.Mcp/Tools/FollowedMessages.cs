using System.Text.Json;
using Trama.Framing;
using Trama.Mcp.Answers;
using Trama.Tracing;

namespace Trama.Mcp.Tools;

/// <summary>Takes the messages of a connection, as their exchanges are complete.</summary>
internal sealed class FollowedMessages(long connection, RowList rows, bool payload) : ITraceSink
{
    /// <inheritdoc/>
    public void ExchangeCompleted(Connection of, Exchange exchange)
    {
        if (of.Id != connection) return;
        foreach (Message message in exchange.Messages)
        {
            if (!rows.Begin()) continue;
            Write(rows.Writer, exchange, message);
            rows.End();
        }
    }

    private void Write(Utf8JsonWriter writer, Exchange exchange, Message message)
    {
        writer.WriteNumber("exchange"u8, exchange.Index);
        writer.WriteString("from"u8, message.From == Side.Client ? "client"u8 : "server"u8);
        if (message.Protocol is { } protocol) writer.WriteString("protocol"u8, protocol);
        writer.WriteNumber("firstAt"u8, message.FirstAt.Nanoseconds);
        writer.WriteNumber("lastAt"u8, message.LastAt.Nanoseconds);
        writer.WriteNumber("bytes"u8, message.Bytes);
        if (message.MissingBytes > 0) writer.WriteNumber("missingBytes"u8, message.MissingBytes);
        if (message.Packets is [var first, ..]) writer.WriteNumber("packet"u8, first);
        writer.WriteNumber("packets"u8, message.PacketCount);
        if (!message.IsComplete) writer.WriteBoolean("complete"u8, false);
        if (!payload || message.Head.IsEmpty) return;
        ReadOnlySpan<byte> head = message.Head.Span;
        if (VisibleText.IsBinary(head)) writer.WriteString("hex"u8, Convert.ToHexStringLower(head));
        else writer.WriteString("text"u8, VisibleText.Of(head));
        if (head.Length < message.Bytes) writer.WriteBoolean("textIsCut"u8, true);
    }
}
