using Trama.Packets.Transport;
using Trama.Replay.Recording.Transfers;
using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>Records one connection while it is tracked.</summary>
internal sealed class ConnectionRecorder(Connection connection, RecordingRoom room)
{
    private readonly List<RecordedExchange> _exchanges = [];
    private readonly (RecordedEnd How, long? AtNs)[] _ends = new (RecordedEnd, long?)[2];

    /// <summary>Its bytes as they come.</summary>
    public PieceRecorder Pieces { get; } = new(room);

    /// <summary>Whether another connection may carry what this one asks for, as in FTP.</summary>
    public bool MayCarryOver(Connection other) => _exchanges is [.., var last] && TransferSearch.IsFtp(last)
        && (other.Server.Address == connection.Server.Address || other.Server.Address == connection.Client.Address);

    /// <summary>A segment ends one side, or all.</summary>
    public void NoteEnd(in TracedSegment segment)
    {
        ref (RecordedEnd How, long? AtNs) end = ref _ends[(int)segment.From];
        RecordedEnd how = (segment.Flags & TcpFlags.Rst) != 0 ? RecordedEnd.Reset : RecordedEnd.Fin;
        // A FIN may come again, and a RST may follow it once nobody reads any more.
        if (end.How == RecordedEnd.Silence) end = (how, segment.At - connection.OpenedAt);
    }

    /// <summary>An exchange is complete.</summary>
    public void Take(Exchange exchange)
    {
        RecordedMessage? request = Keep(exchange.Request), reply = Keep(exchange.Reply);
        _exchanges.Add(new RecordedExchange
        {
            Index = exchange.Index,
            Request = request,
            Interim = [.. exchange.Interim.Select(message => Keep(message)!)],
            Reply = reply,
            Initiator = exchange.Initiator,
            ReplyDue = exchange.ReplyDue,
            Status = exchange.Status.ToArray(),
            Failed = exchange.Failed,
            ServerNs = exchange.ServerNs,
            TotalNs = exchange.TotalNs,
        });
    }

    /// <summary>What was recorded.</summary>
    public RecordedConnection Complete()
    {
        bool isSealed = connection.Tls is { IsDecrypted: false };
        // The handshake is the business of whoever plays a side.
        List<RecordedExchange> exchanges = connection.Tls is null || isSealed ? _exchanges
            : [.. _exchanges.Where(exchange => exchange.Messages.First().Protocol != "tls")];
        Side? silent = SilentSide();
        if (silent is { } side) exchanges = [.. exchanges.Select(exchange => OneSided.Without(exchange, side)).OfType<RecordedExchange>()];
        exchanges = MessageOrder.ByFirst(exchanges);
        return new RecordedConnection
        {
            Id = connection.Id,
            Client = connection.Client,
            Server = connection.Server,
            OpenedAt = connection.OpenedAt,
            State = connection.State,
            Layers = connection.Layers,
            Protocol = exchanges.Select(exchange => exchange.Messages.First().Protocol).LastOrDefault(name => name is not null),
            ServerName = connection.Tls?.ServerName,
            IsTls = connection.Tls is not null,
            IsSealed = isSealed,
            IsOneSided = silent is not null,
            Exchanges = exchanges,
            Pieces = Pieces.Pieces,
            ClientEnd = _ends[(int)Side.Client].How,
            ClientEndNs = _ends[(int)Side.Client].AtNs,
            ServerEnd = _ends[(int)Side.Server].How,
            ServerEndNs = _ends[(int)Side.Server].AtNs,
            LastNs = connection.LastAt - connection.OpenedAt,
            MissingBytes = (silent == Side.Client ? 0 : connection.ToServer.MissingBytes)
                + (silent == Side.Server ? 0 : connection.ToClient.MissingBytes),
        };
    }

    // The side of which nothing was captured, though something was of the other.
    private Side? SilentSide() => (connection.ToServer.StreamBytes == 0, connection.ToClient.StreamBytes == 0) switch
    {
        (true, false) => Side.Client,
        (false, true) => Side.Server,
        _ => null,
    };

    private RecordedMessage? Keep(Message? message) => message is null ? null : new RecordedMessage
    {
        From = message.From,
        AtNs = message.FirstAt - connection.OpenedAt,
        EndNs = message.LastAt - connection.OpenedAt,
        Bytes = room.Keep(message.Head.Span),
        Length = message.Bytes,
        Offset = message.Offset,
        Protocol = message.Protocol,
        Stream = message.Stream,
        Operation = message.Operation.ToArray(),
        Group = message.Group.ToArray(),
        Status = message.Status.ToArray(),
        Failed = message.Failed,
        Traits = message.Traits,
        IsComplete = message.IsComplete,
    };
}
