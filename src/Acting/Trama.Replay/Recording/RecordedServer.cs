using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>One server of a capture, and the connections with it of which something was said.</summary>
/// <param name="Endpoint">Its address and port.</param>
/// <param name="Connections">Its connections, in order.</param>
public sealed record RecordedServer(Endpoint Endpoint, IReadOnlyList<RecordedConnection> Connections)
{
    /// <summary>How many requests its clients made.</summary>
    public int Requests { get; } = Connections.Sum(connection => connection.Exchanges.Count(IsAsked));

    /// <summary>How many of them had a reply.</summary>
    public int Replies { get; } = Connections.SelectMany(connection => connection.Exchanges)
        .Count(exchange => IsAsked(exchange) && exchange.Reply is not null);

    /// <summary>How many of these the capture ends within: how they would have ended nobody knows.</summary>
    public int CutReplies { get; } = Connections.SelectMany(connection => connection.Exchanges)
        .Count(exchange => IsAsked(exchange) && exchange.Reply is { IsComplete: false });

    /// <summary>The names of the protocols that were spoken with it.</summary>
    public IReadOnlyList<string> Protocols { get; } =
    [
        .. Connections.SelectMany(connection => connection.Exchanges).SelectMany(exchange => exchange.Messages)
            .Select(message => message.Protocol).OfType<string>().Distinct(),
    ];

    private static bool IsAsked(RecordedExchange exchange) => exchange.Request is { From: Side.Client };

    /// <summary>The servers of a capture, the one that was asked most first.</summary>
    public static IReadOnlyList<RecordedServer> In(RecordedCapture capture) =>
    [
        .. capture.Connections.Where(connection => connection.Exchanges.Count > 0).GroupBy(connection => connection.Server)
            .Select(group => new RecordedServer(group.Key, [.. group])).OrderByDescending(server => server.Requests),
    ];
}
