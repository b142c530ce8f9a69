using System.Text;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Recording.Transfers;

/// <summary>Finds the connections that carried what exchanges of FTP were about, and makes them a part of these.</summary>
internal sealed class TransferSearch
{
    private static readonly HashSet<string> Carrying = ["RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD"];

    private readonly Dictionary<Endpoint, Queue<RecordedConnection>> _byServer = [];
    private readonly HashSet<long> _taken = [];

    private TransferSearch(IEnumerable<RecordedConnection> connections)
    {
        foreach (RecordedConnection connection in connections)
        {
            if (!_byServer.TryGetValue(connection.Server, out Queue<RecordedConnection>? queue))
                _byServer[connection.Server] = queue = new();
            queue.Enqueue(connection);
        }
    }

    /// <summary>The connections of a capture, without those that carried something for others, which have it instead.</summary>
    /// <param name="connections">The connections, in the order in which they were opened.</param>
    public static IReadOnlyList<RecordedConnection> Join(IReadOnlyList<RecordedConnection> connections)
    {
        RecordedConnection[] asking = [.. connections.Where(SpeaksFtp)];
        if (asking.Length == 0) return connections;
        var search = new TransferSearch(connections);
        Dictionary<long, RecordedConnection> joined = asking.Select(search.Joined).ToDictionary(connection => connection.Id);
        return
        [
            .. connections.Where(connection => !search._taken.Contains(connection.Id))
                .Select(connection => joined.GetValueOrDefault(connection.Id, connection)),
        ];
    }

    /// <summary>Whether an exchange is one of FTP, or of commands that may be: a greeting may tell nothing.</summary>
    public static bool IsFtp(RecordedExchange exchange) => exchange.Messages.First().Protocol is "ftp" or "commands";

    /// <summary>Whether a request asks for something that is carried over a connection of its own.</summary>
    public static bool Carries(ReadOnlySpan<byte> operation) => Carrying.Contains(Verb(operation));

    /// <summary>The verb of a request of FTP; empty when it has none.</summary>
    public static string Verb(ReadOnlySpan<byte> operation) => Encoding.Latin1.GetString(operation).Split(' ', 2)[0];

    private static bool SpeaksFtp(RecordedConnection connection) => connection.Exchanges.Any(IsFtp);

    private RecordedConnection Joined(RecordedConnection asking)
    {
        List<RecordedExchange> exchanges = [];
        (AnnouncedPort Port, bool IsClients, long AtNs)? announced = null;
        foreach (RecordedExchange exchange in asking.Exchanges)
        {
            exchanges.Add(exchange);
            if (exchange is not { Request: { From: Side.Client } request, Reply: { } reply } || exchange.Failed == true) continue;
            string verb = Verb(request.Operation.Span);
            if (verb is "PORT" or "EPRT") announced = Announced(request, isClients: true);
            else if (verb is "PASV" or "EPSV") announced = Announced(reply, isClients: false);
            else if (Carrying.Contains(verb) && announced is { } place)
            {
                announced = null;
                if (Find(asking, place) is { } carried) exchanges[^1] = exchange with { Transfer = Of(carried, place.IsClients) };
            }
        }

        return asking with { Exchanges = exchanges };
    }

    private static (AnnouncedPort, bool, long)? Announced(RecordedMessage message, bool isClients) =>
        AnnouncedPort.Read(message.Bytes.Span) is { } port ? (port, isClients, message.AtNs) : null;

    private RecordedConnection? Find(RecordedConnection asking, (AnnouncedPort Port, bool IsClients, long AtNs) announced)
    {
        IpAddress own = (announced.IsClients ? asking.Client : asking.Server).Address;
        // Between both there may be somebody who translates addresses, but not those within.
        return Next(own) ?? (announced.Port.Address is { } named ? Next(IpAddress.FromBytes(named.GetAddressBytes())) : null);

        RecordedConnection? Next(IpAddress address)
        {
            if (!_byServer.TryGetValue(new Endpoint(address, announced.Port.Port), out Queue<RecordedConnection>? queue)) return null;
            while (queue.TryPeek(out RecordedConnection? next) && next.OpenedAt - asking.OpenedAt < announced.AtNs) queue.Dequeue();
            if (!queue.TryDequeue(out RecordedConnection? found)) return null;
            _taken.Add(found.Id);
            return found;
        }
    }

    private static RecordedTransfer Of(RecordedConnection carried, bool isClients)
    {
        RecordedMessage[] messages = [.. carried.Messages];
        // Who says nothing and ends first sent an empty file.
        Side from = messages.Length > 0 ? messages[0].From
            : (carried.ServerEndNs ?? long.MaxValue) <= (carried.ClientEndNs ?? long.MaxValue) ? Side.Server : Side.Client;
        RecordedMessage[] sent = [.. messages.Where(message => message.From == from)];
        return new RecordedTransfer
        {
            Connection = carried.Id,
            // Who connected to the client is the server.
            From = !isClients ? from : from == Side.Client ? Side.Server : Side.Client,
            Pieces = sent,
            IsWhole = carried is { MissingBytes: 0, IsSealed: false } && sent.All(message => message.IsWhole),
        };
    }
}
