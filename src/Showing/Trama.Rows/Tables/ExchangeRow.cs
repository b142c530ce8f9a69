using Trama.Tracing;

namespace Trama.Rows.Tables;

/// <summary>A row of <c>exchanges</c>.</summary>
internal readonly record struct ExchangeRow(Connection Connection, Exchange Exchange, EndpointNames Names)
{
    /// <summary>The table.</summary>
    public static RowTable<ExchangeRow> Table { get; } = new RowTable<ExchangeRow>("exchanges")
        .Number("connection", row => row.Connection.Id)
        .Number("index", row => row.Exchange.Index)
        .Text("client", row => row.Names.Client)
        .Text("server", row => row.Names.Server)
        .Text("protocol", row => row.Exchange.Protocol)
        .Number("stream", row => row.Exchange.Stream)
        .Said("operation", row => row.Exchange.Operation)
        .Said("group", row => row.Exchange.Group)
        .Said("status", row => row.Exchange.Status)
        .Flag("failed", row => row.Exchange.Failed)
        .Text("initiator", row => Words.Of(row.Exchange.Initiator))
        .Flag("replyDue", row => row.Exchange.ReplyDue)
        .Number("requestBytes", row => row.Exchange.Request?.Bytes)
        .Number("requestMissingBytes", row => row.Exchange.Request is { MissingBytes: > 0 and var missing } ? missing : null)
        .Number("requestFirstAt", row => row.Exchange.Request?.FirstAt.Nanoseconds)
        .Number("requestPacket", row => First(row.Exchange.Request))
        .Number("requestPackets", row => row.Exchange.Request?.PacketCount)
        .Number("replyBytes", row => row.Exchange.Reply?.Bytes)
        .Number("replyMissingBytes", row => row.Exchange.Reply is { MissingBytes: > 0 and var missing } ? missing : null)
        .Number("replyFirstAt", row => row.Exchange.Reply?.FirstAt.Nanoseconds)
        .Number("replyPacket", row => First(row.Exchange.Reply))
        .Number("replyPackets", row => row.Exchange.Reply?.PacketCount)
        .Number("interim", row => row.Exchange.Interim.Count)
        .Number("requestTransferNs", row => row.Exchange.RequestTransferNs)
        .Number("serverNs", row => row.Exchange.ServerNs)
        .Number("networkNs", row => row.Exchange.NetworkNs)
        .Number("replyTransferNs", row => row.Exchange.ReplyTransferNs)
        .Number("totalNs", row => row.Exchange.TotalNs);

    private static long? First(Message? message) => message is { Packets: [var first, ..] } ? first : null;
}
