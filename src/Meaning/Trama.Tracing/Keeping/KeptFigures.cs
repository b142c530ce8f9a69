namespace Trama.Tracing.Keeping;

/// <summary>What is measured of an exchange, as it is: times in nanoseconds, sizes in bytes; its stream, -1 where its protocol has
/// none.</summary>
internal readonly record struct KeptFigures(
    long DurationNs, long? RequestTransferNs, long? ServerNs, long? NetworkNs, long? ReplyTransferNs, long? TotalNs,
    long RequestBytes, long ReplyBytes, long RequestMissing, long ReplyMissing, long Stream)
{
    public static KeptFigures Of(Exchange exchange) => new(
        Math.Max(0, exchange.LastAt - exchange.FirstAt), exchange.RequestTransferNs, exchange.ServerNs, exchange.NetworkNs,
        exchange.ReplyTransferNs, exchange.TotalNs, exchange.Request?.Bytes ?? 0, exchange.Reply?.Bytes ?? 0,
        exchange.Request?.MissingBytes ?? 0, exchange.Reply?.MissingBytes ?? 0, exchange.Stream ?? -1);
}
