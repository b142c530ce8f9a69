using System.Runtime.CompilerServices;
using Trama.Framing;
using Trama.Framing.Bodies;
using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>Builds the messages of a connection from its streams: which bytes, which packets, when. What became of them is for
/// <see cref="ExchangeBuilder"/>.</summary>
internal sealed class MessageBuilder : IMessageSink
{
    private readonly Connection _connection;
    private readonly TracingOptions _options;
    private readonly ITraceSink _sink;
    private readonly MessagePool _pool;
    private readonly bool _keepWords;
    private readonly Conversation _conversation;
    private readonly ExchangeBuilder _exchanges;
    private Streams _streams;
    private string? _framing;
    private PacketStamp _packet;

    public MessageBuilder(Connection connection, TrackerContext context)
    {
        (_connection, _options, _sink, _pool) = (connection, context.Options, context.Sink, context.Pool);
        _keepWords = _options is { KeepWords: true } or { Where: not null };
        _exchanges = new ExchangeBuilder(connection, context);
        var known = new FramingContext
        {
            ServerPort = connection.Server.Port,
            BeginsMidway = connection.BeginsMidway,
            Keys = context.Options.Keys,
            Bodies = context.Bodies,
        };
        _conversation = new Conversation(context.Options.Framing, this, known);
    }

    public void Take(Side from, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        Begin(from, bytes.Length, packet);
        _conversation.Take((Direction)from, bytes);
        NoteLayers(from);
    }

    public void Skip(Side from, long count, PacketStamp packet)
    {
        Begin(from, count, packet);
        _conversation.Skip((Direction)from, count);
        NoteLayers(from);
    }

    /// <summary>From the vantage point to a side and back, in nanoseconds.</summary>
    public void NotePath(Side to, long nanoseconds) => _exchanges.NotePath(to, nanoseconds);

    /// <summary>A stream is over.</summary>
    public void End(Side from) => _conversation.End((Direction)from);

    /// <summary>The server has fallen silent: by turns, its reply is complete.</summary>
    public void EndReply()
    {
        _conversation.EndTurn(Direction.ToClient);
        _exchanges.FallSilent();
    }

    /// <summary>The connection is over: what waits for a reply gets none.</summary>
    public void Complete()
    {
        _conversation.End(Direction.ToServer);
        _conversation.End(Direction.ToClient);
        _exchanges.Complete();
        _connection.Layers = [.. _conversation.Layers.Where(layer => layer.Protocol is not null).Select(layer => layer.Layer)];
    }

    /// <summary>The server has everything of the client's stream before an offset.</summary>
    public void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        _exchanges.Acknowledge(offset, at, rttNs);
        _streams[(int)Side.Client].Open.Latest?.Acknowledge(offset, at, rttNs);
    }

    /// <summary>The client sent bytes again.</summary>
    public void Retransmit(long start, long end, Timestamp at)
    {
        _exchanges.Retransmit(start, end, at);
        if (_streams[(int)Side.Client].Open.Latest is { AcknowledgedAt: null } request) request.Retransmit(start, end, at);
    }

    void IMessageSink.OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
    {
        ref Stream stream = ref _streams[(int)message.Direction];
        Message open = InProgress(ref stream, message, origin);
        if (origin.Start < stream.PieceStart) stream.Trail?.Tell(origin.Start, Math.Min(origin.End, stream.PieceStart), open,
            _options);
        if (origin.End > stream.PieceStart) open.AddPacket(_packet, _options);
        open.Append(bytes, origin.End, _options.HeadBytes, _pool.Heads);
    }

    void IMessageSink.OnMissing(in MessageId message, Origin origin, long count) =>
        InProgress(ref _streams[(int)message.Direction], message, origin).AppendMissing(count, origin.End, _packet.At);

    void IMessageSink.OnMessageEnd(in MessageId message, in MessageEnd end)
    {
        ref Stream stream = ref _streams[(int)message.Direction];
        // A reply may have no bytes of its own (PostgreSQL passes over what follows an error): those at hand tell it.
        if ((end.Traits & MessageTraits.Answers) != 0)
        {
            Message answer = InProgress(ref stream, message, new Origin(stream.PieceStart, stream.PieceStart));
            if (answer.Bytes == 0) answer.AddPacket(_packet, _options);
        }

        if (!stream.Open.TryTake(message, out Message? open)) return;
        open.End(end, _keepWords);
        if (end.Body is { Obstacle: not BodyObstacle.None } body && _options.Bodies == BodyNeeds.Content)
            TellContent(message, ContentKind.Body, 0, body.Obstacle, []);
        _exchanges.Take(message.Layer, open, end, IsOpen(message));
    }

    void IMessageSink.OnLost(Direction direction, int layer) => _exchanges.Lose(layer, (Side)direction);

    void IMessageSink.OnUnfit(Direction direction, string framing, FramingFailure failure) =>
        _connection.Misfit ??= new FramingMisfit((Side)direction, framing, failure);

    void IMessageSink.OnContent(in MessageId message, ContentKind kind, long missing, ReadOnlySpan<byte> bytes)
    {
        if (kind == ContentKind.Body && _streams[(int)message.Direction].Open.TryFind(message, out Message? open))
            open.AppendBody(missing, bytes, _options.HeadBytes, _pool.Heads);
        if (_options.Bodies == BodyNeeds.Content) TellContent(message, kind, missing, BodyObstacle.None, bytes);
    }

    void IMessageSink.OnCarried(Direction direction, int layer, long missing, ReadOnlySpan<byte> bytes) =>
        _sink.CarriedBytes(_connection, (Side)direction, new CarriedPiece(layer, _conversation.NameOf(layer), missing, _packet),
            bytes);

    private void TellContent(in MessageId message, ContentKind kind, long missing, BodyObstacle obstacle, ReadOnlySpan<byte> bytes)
    {
        var piece = new ContentPiece(message.Layer, message.Number, kind, missing, obstacle, _packet);
        _sink.ContentBytes(_connection, (Side)message.Direction, piece, bytes);
    }

    // Whether the other side is in the middle of a message of the same number.
    private bool IsOpen(in MessageId message) =>
        _streams[1 - (int)message.Direction].Open.Contains(message);

    private void Begin(Side from, long count, PacketStamp packet)
    {
        ref Stream stream = ref _streams[(int)from];
        _packet = packet;
        stream.End += count;
    }

    private void NoteLayers(Side from)
    {
        ref Stream stream = ref _streams[(int)from];
        stream.PieceStart = stream.End;
        if (_conversation.IsPlain && ReferenceEquals(_conversation.Framing, _framing) && stream.Trail is null) return;
        long held = _conversation.HeldFrom((Direction)from);
        if (held < stream.End) (stream.Trail ??= new StampTrail()).Add(stream.End, _packet);
        stream.Trail?.Forget(held);
        string framing = _conversation.Framing;
        if (!ReferenceEquals(framing, _framing)) _connection.Framing = _framing = framing;
        if (_conversation.Tls is not { } tls || _connection.TlsTimes?.Steps == tls.Steps) return;
        _connection.Tls = tls;
        (_connection.TlsTimes ??= new TlsHandshakeTimes()).Note(tls.Steps, _packet.At);
    }

    private Message InProgress(ref Stream stream, in MessageId id, Origin origin)
    {
        return stream.Open.TryFind(id, out Message? message) ? message : BeginMessage(ref stream, id, origin);
    }

    private Message BeginMessage(ref Stream stream, in MessageId id, Origin origin)
    {
        Message message = _pool.TakeMessage();
        message.Begin((Side)id.Direction, origin.Start);
        _exchanges.Begin(id.Layer, message, _packet.At, IsOpen(id));
        stream.Open.TryAdd(id, message);
        return message;
    }

    private struct Stream
    {
        public OpenMessages Open;
        public StampTrail? Trail;

        // Where the bytes at hand begin, and end.
        public long PieceStart;
        public long End;
    }

    [InlineArray(2)]
    private struct Streams
    {
        private Stream _client;
    }
}
