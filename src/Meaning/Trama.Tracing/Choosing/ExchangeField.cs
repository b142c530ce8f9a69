using System.Text;

namespace Trama.Tracing.Choosing;

/// <summary>Something an exchange can be chosen by.</summary>
public sealed class ExchangeField
{
    private ExchangeField(string name, TextOf text) => (Name, Kind, Text) = (name, FieldKind.Text, text);

    private ExchangeField(string name, FieldKind kind, NumberOf number) => (Name, Kind, Number) = (name, kind, number);

    internal delegate ReadOnlySpan<byte> TextOf(Connection connection, Exchange exchange);

    internal delegate long? NumberOf(Connection connection, Exchange exchange);

    /// <summary>All fields.</summary>
    public static IReadOnlyList<ExchangeField> All { get; } =
    [
        new("operation", (_, exchange) => exchange.Operation.Span),
        new("group", (_, exchange) => exchange.Group.Span),
        new("status", (_, exchange) => exchange.Status.Span),
        new("failed", FieldKind.Flag, (_, exchange) => Flag(exchange.Failed)),
        new("answered", FieldKind.Flag, (_, exchange) => Flag(exchange.Reply is not null)),
        new("replyDue", FieldKind.Flag, (_, exchange) => Flag(exchange.ReplyDue)),
        new("protocol", (_, exchange) => Utf8(exchange.Protocol)),
        new("stream", FieldKind.Number, (_, exchange) => exchange.Stream),
        new("initiator", (_, exchange) =>
            exchange.Initiator switch { Side.Client => "client"u8, Side.Server => "server"u8, _ => default }),
        new("server", FieldKind.Duration, (_, exchange) => exchange.ServerNs),
        new("network", FieldKind.Duration, (_, exchange) => exchange.NetworkNs),
        new("total", FieldKind.Duration, (_, exchange) => exchange.TotalNs),
        new("requestTransfer", FieldKind.Duration, (_, exchange) => exchange.RequestTransferNs),
        new("replyTransfer", FieldKind.Duration, (_, exchange) => exchange.ReplyTransferNs),
        new("requestBytes", FieldKind.Size, (_, exchange) => exchange.Request?.Bytes),
        new("replyBytes", FieldKind.Size, (_, exchange) => exchange.Reply?.Bytes),
        new("missingBytes", FieldKind.Size, (_, exchange) => (exchange.Request?.MissingBytes ?? 0) + (exchange.Reply?.MissingBytes ?? 0)),
        new("request", (_, exchange) => exchange.Request is { } request ? request.Head.Span : default),
        new("reply", (_, exchange) => exchange.Reply is { } reply ? reply.Head.Span : default),
        new("connection", FieldKind.Number, (connection, _) => connection.Id),
        new("exchange", FieldKind.Number, (_, exchange) => exchange.Index),
        new("clientAddress", (connection, _) => Utf8(connection.Client.Address.ToString())),
        new("clientPort", FieldKind.Number, (connection, _) => connection.Client.Port),
        new("serverAddress", (connection, _) => Utf8(connection.Server.Address.ToString())),
        new("serverPort", FieldKind.Number, (connection, _) => connection.Server.Port),
        new("clientProcess", (connection, _) => Utf8(connection.Process(Side.Client)?.Command)) { IsOfProcess = true },
        new("clientPid", FieldKind.Number, (connection, _) => Only(connection.Process(Side.Client))) { IsOfProcess = true },
        new("clientUser", (connection, _) => Utf8(connection.Process(Side.Client)?.User)) { IsOfProcess = true },
        new("clientContainer", (connection, _) => Utf8(connection.Process(Side.Client)?.Container)) { IsOfProcess = true },
        new("serverProcess", (connection, _) => Utf8(connection.Process(Side.Server)?.Command)) { IsOfProcess = true },
        new("serverPid", FieldKind.Number, (connection, _) => Only(connection.Process(Side.Server))) { IsOfProcess = true },
        new("serverUser", (connection, _) => Utf8(connection.Process(Side.Server)?.User)) { IsOfProcess = true },
        new("serverContainer", (connection, _) => Utf8(connection.Process(Side.Server)?.Container)) { IsOfProcess = true },
    ];

    /// <summary>Its name, as the expression writes it; not case sensitive there.</summary>
    public string Name { get; }

    /// <summary>What it is compared with.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether it tells of the process at an end, which may become known only after the exchange is over.</summary>
    public bool IsOfProcess { get; private init; }

    /// <summary>Its text, of <see cref="FieldKind.Text"/>; empty when unknown.</summary>
    internal TextOf? Text { get; }

    /// <summary>Its value, of the other kinds: 1 for true; null when unknown.</summary>
    internal NumberOf? Number { get; }

    /// <summary>The field of a name; null when there is none.</summary>
    internal static ExchangeField? Named(ReadOnlySpan<char> name)
    {
        foreach (ExchangeField field in All)
            if (name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)) return field;
        return null;
    }

    private static long? Only(SideProcess? process) => process?.Ids is [int id] ? id : null;

    private static long? Flag(bool? value) => value is { } known ? known ? 1 : 0 : null;

    private static ReadOnlySpan<byte> Utf8(string? text) => text is null ? default : Encoding.UTF8.GetBytes(text);
}
