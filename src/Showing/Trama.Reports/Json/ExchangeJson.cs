using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes the exchanges of <c>trace --json</c>: times are integer nanoseconds, absent means unknown.</summary>
/// <param name="json">Where they go.</param>
/// <param name="full">Whether messages are written whole, as far as the tracker kept them, and not just their first bytes.</param>
internal sealed class ExchangeJson(JsonText json, bool full)
{
    /// <summary>The members of an exchange, without braces around them.</summary>
    public void Write(Exchange exchange)
    {
        json.Add("\"index\":"u8, exchange.Index);
        if (exchange.Protocol is { } protocol) json.AddName(",\"protocol\":"u8, protocol);
        json.Add(",\"stream\":"u8, exchange.Stream);
        json.AddVisible(",\"operation\":"u8, exchange.Operation.Span);
        json.AddVisible(",\"group\":"u8, exchange.Group.Span);
        json.AddVisible(",\"status\":"u8, exchange.Status.Span);
        if (exchange.Failed is { } failed) json.Add(failed ? ",\"failed\":true"u8 : ",\"failed\":false"u8);
        if (exchange.Initiator is { } initiator)
            json.Add(initiator == Side.Client ? ",\"initiator\":\"client\""u8 : ",\"initiator\":\"server\""u8);
        if (exchange.ReplyDue is { } replyDue) json.Add(replyDue ? ",\"replyDue\":true"u8 : ",\"replyDue\":false"u8);
        if (exchange.Request is { } request) Message(",\"request\":"u8, request);
        for (int i = 0; i < exchange.Interim.Count; i++) Message(i == 0 ? ",\"interim\":["u8 : ","u8, exchange.Interim[i]);
        if (exchange.Interim.Count > 0) json.Add("]"u8);
        if (exchange.Reply is { } reply) Message(",\"reply\":"u8, reply);
        json.Add(",\"requestTransferNs\":"u8, exchange.RequestTransferNs);
        json.Add(",\"serverNs\":"u8, exchange.ServerNs);
        json.Add(",\"networkNs\":"u8, exchange.NetworkNs);
        json.Add(",\"replyTransferNs\":"u8, exchange.ReplyTransferNs);
        json.Add(",\"totalNs\":"u8, exchange.TotalNs);
    }

    /// <summary>Writes an exchange as an object.</summary>
    public void WriteObject(Exchange exchange)
    {
        json.Add("{"u8);
        Write(exchange);
        json.Add("}"u8);
    }

    /// <summary>Writes an exchange as a line that names its connection.</summary>
    public void WriteLine(Connection connection, Exchange exchange)
    {
        json.Add("{\"type\":\"exchange\",\"connection\":"u8, connection.Id);
        json.Add(","u8);
        Write(exchange);
        json.Add("}\n"u8);
    }

    private void Message(ReadOnlySpan<byte> name, Message message)
    {
        json.Add(name);
        json.Add("{\"bytes\":"u8, message.Bytes);
        if (message.MissingBytes > 0) json.Add(",\"missingBytes\":"u8, message.MissingBytes);
        json.Add(",\"firstAt\":"u8, message.FirstAt.Nanoseconds);
        json.Add(",\"lastAt\":"u8, message.LastAt.Nanoseconds);
        json.Add(",\"packets\":["u8);
        IReadOnlyList<long> packets = message.Packets;
        for (int i = 0; i < packets.Count; i++)
        {
            if (i > 0) json.Add(","u8);
            json.Add(packets[i]);
        }

        json.Add("]"u8);
        if (message.PacketCount > packets.Count) json.Add(",\"packetCount\":"u8, message.PacketCount);
        if (!message.IsComplete) json.Add(",\"complete\":false"u8);
        json.AddVisible(",\"kind\":"u8, message.Description.Span);
        MessageText.Write(json, message.Head.Span, message.Head.Length < message.Bytes, full);
        if (full && message.IsHeadCut) json.Add(",\"cut\":true"u8);
        BodyJson.Write(json, message, full);
        json.Add("}"u8);
    }
}
