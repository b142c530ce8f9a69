using System.Text;

namespace Trama.Tracing.Tests.Cutting;

/// <summary>What is said of an exchange: the packets of the whole capture that carried its halves, what was asked and how it
/// ended.</summary>
internal sealed record SeenExchange
{
    public required string Connection { get; init; }

    public required string? Protocol { get; init; }

    public required string Operation { get; init; }

    public required string Status { get; init; }

    public required IReadOnlyList<int> Request { get; init; }

    public required IReadOnlyList<int> Reply { get; init; }

    public required bool IsComplete { get; init; }

    /// <summary>Whether nothing of its connection can be read without all of the handshake: TLS before version 1.3.</summary>
    public required bool NeedsHandshake { get; init; }

    public int First => Request.Concat(Reply).DefaultIfEmpty(-1).Min();

    public int Last => Request.Concat(Reply).DefaultIfEmpty(-1).Max();

    public static SeenExchange Of(Connection connection, Exchange exchange, IReadOnlyList<int> kept) => new()
    {
        Connection = $"{connection.Client} {connection.Server}",
        Protocol = exchange.Protocol,
        NeedsHandshake = connection.Tls is { IsDecrypted: true, Version: not "1.3" },
        Operation = Encoding.UTF8.GetString(exchange.Operation.Span),
        Status = Encoding.UTF8.GetString(exchange.Status.Span),
        Request = Packets(exchange.Request, kept),
        Reply = Packets(exchange.Reply, kept),
        IsComplete = exchange.Messages.All(message => message.IsComplete && message.MissingBytes == 0),
    };

    /// <summary>Without the packets that are not of interest.</summary>
    public SeenExchange OnlyOf(Func<int, bool> isOfInterest) =>
        this with { Request = [.. Request.Where(isOfInterest)], Reply = [.. Reply.Where(isOfInterest)] };

    /// <summary>Whether nothing that this one says is wrong when the other one is the truth.</summary>
    public bool AgreesWith(SeenExchange truth) =>
        (Operation.Length == 0 || Operation == truth.Operation) && (Status.Length == 0 || Status == truth.Status)
        && Request.All(truth.Request.Contains) && Reply.All(truth.Reply.Contains);

    /// <summary>Whether this one says all that the other one says, but for words of HTTP/2 that refer to fields which were cut
    /// out.</summary>
    public bool Tells(SeenExchange truth) =>
        (truth.Protocol is "http2" or "grpc" ? AgreesWith(truth) : Operation == truth.Operation && Status == truth.Status)
        && Request.SequenceEqual(truth.Request) && Reply.SequenceEqual(truth.Reply);

    public override string ToString() =>
        $"{Connection} {Protocol} '{Operation}' [{string.Join(' ', Request)}] -> '{Status}' [{string.Join(' ', Reply)}]";

    private static int[] Packets(Message? message, IReadOnlyList<int> kept) =>
        message is null ? [] : [.. message.Packets.Select(number => kept[(int)number - 1]).Order()];
}
