using System.Text.Json;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers which exchanges there are.</summary>
internal static class ExchangeAnswer
{
    /// <summary>Writes a window of a list.</summary>
    public static void List(Moments moments, Window<ExchangeRow> window)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("count"u8, window.Count);
        writer.WriteNumber("first"u8, window.From);
        writer.WriteStartArray("rows"u8);
        foreach (ExchangeRow row in window.Rows)
        {
            writer.WriteStartObject();
            Write(moments, row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Moments moments, ExchangeRow row)
    {
        Utf8JsonWriter writer = moments.Writer;
        KeptExchange facts = row.Facts;
        writer.WriteNumber("number"u8, row.Number);
        writer.WriteNumber("connection"u8, facts.Connection);
        writer.WriteNumber("index"u8, facts.Index);
        moments.At("at"u8, facts.FirstAt);
        moments.Text("protocol"u8, row.Protocol);
        moments.Text("operation"u8, row.Operation);
        moments.Text("group"u8, row.Group);
        moments.Text("status"u8, row.Status);
        moments.Text("reply"u8, row.Reply);
        if (facts.Failed is { } failed) writer.WriteBoolean("failed"u8, failed);
        if (facts.IsUnanswered) writer.WriteBoolean("unanswered"u8, true);
        if (facts.HasRequest) writer.WriteNumber("requestBytes"u8, facts.RequestBytes);
        if (facts.HasReply) writer.WriteNumber("replyBytes"u8, facts.ReplyBytes);
        moments.Number("requestNs"u8, facts.RequestTransferNs);
        moments.Number("serverNs"u8, facts.ServerNs);
        moments.Number("networkNs"u8, facts.NetworkNs);
        moments.Number("replyNs"u8, facts.ReplyTransferNs);
        moments.Number("totalNs"u8, facts.TotalNs);
    }
}
