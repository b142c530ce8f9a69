using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>A capture of one direction. What the other side acknowledges tells that something was said, and nothing of what: that is no
/// message.</summary>
internal static class OneSided
{
    /// <summary>An exchange without the messages of the side of which nothing was captured; null when it has none then.</summary>
    public static RecordedExchange? Without(RecordedExchange exchange, Side silent)
    {
        RecordedMessage? request = Of(exchange.Request), reply = Of(exchange.Reply);
        RecordedMessage[] interim = [.. exchange.Interim.Select(Of).OfType<RecordedMessage>()];
        if (request is null && reply is null && interim.Length == 0) return null;
        bool isWhole = request is not null && reply is not null;
        return exchange with
        {
            Request = request,
            Interim = interim,
            Reply = reply,
            Status = reply is null ? default : exchange.Status,
            Failed = reply is null ? null : exchange.Failed,
            ServerNs = isWhole ? exchange.ServerNs : null,
            TotalNs = isWhole ? exchange.TotalNs : null,
        };

        RecordedMessage? Of(RecordedMessage? message) => message?.From == silent ? null : message;
    }
}
