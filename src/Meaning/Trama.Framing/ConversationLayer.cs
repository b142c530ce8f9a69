using Trama.Framing.Bodies;
using Trama.Framing.Tls;

namespace Trama.Framing;

/// <summary>One layer of a conversation: a framing over both streams, and the layer above where the framing carries one.</summary>
internal sealed class ConversationLayer
{
    // Tunnels in tunnels are followed so far.
    private const int MaxDepth = 8;

    // What follows a loss may look like the beginning of a message so often in one piece; then the piece is given up.
    private const int MaxMistaken = 16;

    private readonly int _depth;
    private readonly IMessageSink _sink;
    private readonly FramingContext _context;
    private readonly bool _isAuto;
    private readonly ConversationHalf _toServer;
    private readonly ConversationHalf _toClient;
    private readonly LayerBodies? _bodies;
    private readonly List<ConnectionFraming> _tunnels = [];
    private FirstBytes? _first;
    private bool _beginsMidway;

    /// <summary>Begins a layer.</summary>
    /// <param name="depth">How many layers are below.</param>
    /// <param name="rule">How messages are told apart.</param>
    /// <param name="sink">Hears of the messages.</param>
    /// <param name="context">What is known beside the bytes.</param>
    public ConversationLayer(int depth, FramingRule rule, IMessageSink sink, in FramingContext context)
    {
        (_depth, _sink, _context) = (depth, sink, context);
        (_toServer, _toClient) = (new ConversationHalf(isWire: depth == 0), new ConversationHalf(isWire: depth == 0));
        if (context.Bodies is { } reading) _bodies = new LayerBodies(sink, depth, reading);
        _isAuto = rule.IsAuto;
        if (_isAuto) _first = new FirstBytes(this, context);
        Framing = (rule.IsAuto ? FramingRule.Turns : rule).Create(context);
        _beginsMidway = context.BeginsMidway && !rule.IsAuto && !Framing.ByTurns;
        _toServer.IsDamaged = _toClient.IsDamaged = context.BeginsMidway;
    }

    /// <summary>The framing in force.</summary>
    public ConnectionFraming Framing { get; private set; }

    /// <summary>The framings before it that made a tunnel of the connection, in which this one was recognised anew.</summary>
    public IReadOnlyList<ConnectionFraming> Tunnels => _tunnels;

    /// <summary>The layer that this one carries.</summary>
    public ConversationLayer? Above { get; private set; }

    /// <summary>Whether it cuts what it is given at once, and nothing else: most layers do.</summary>
    public bool IsPlain => _first is null && !Framing.MayCarry;

    /// <summary>The topmost layer.</summary>
    public ConversationLayer Top => Above?.Top ?? this;

    /// <inheritdoc cref="Conversation.Take"/>
    public void Take(Direction direction, ReadOnlySpan<byte> bytes, Origin origin)
    {
        if (_beginsMidway) BeginMidway();
        // In a protocol that nobody knows, what was said so far of the turn asked for this.
        if (Framing is { ByTurns: true, Protocol: null }) BeginsTls(direction, bytes);
        ConversationHalf own = Half(direction);
        int at = _first is null ? Read(direction, bytes, origin) : 0;
        while (at < bytes.Length)
        {
            if (_first is not null) at += _first.Take(direction, bytes[at..], own.Part(origin, at, bytes.Length - at));
            if (at < bytes.Length) at += Read(direction, bytes[at..], own.Part(origin, at, bytes.Length - at));
        }
    }

    /// <summary>Bytes of a stream that nobody saw.</summary>
    public void Skip(Direction direction, long count, Origin origin)
    {
        if (_beginsMidway) BeginMidway();
        Miss(direction);
        ConversationHalf own = Half(direction);
        for (long at = 0; at < count;)
        {
            StreamFraming half = Framing[direction];
            bool wasLost = half.IsLost;
            FrameStep step = half.Skip((int)Math.Min(count - at, int.MaxValue));
            if (step.Status == FrameStatus.Unfit)
            {
                FallBack(direction);
                continue;
            }

            Origin part = own.Part(origin, at, step.Taken);
            if (BelongsToMessage(direction, half, step, default, part) && step.Taken > 0)
                Miss(direction, half, step, part);
            // What begins here belongs to the loss; what was said before it does not.
            if (half.IsLost && !wasLost) _sink.OnLost(direction, _depth);
            if (step.Status == FrameStatus.Complete) Finish(direction, step.Message, cut: false);
            at += step.Taken;
        }
    }

    /// <summary>A protocol was recognised.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="speaker">Who said the bytes that told it, which are read next.</param>
    /// <param name="isMidway">Whether bytes before them were missed.</param>
    public void Begin(Protocol protocol, Direction speaker, bool isMidway)
    {
        EndTurn(Direction.ToServer);
        EndTurn(Direction.ToClient);
        Use(FramingRule.OfProtocol(protocol.Name));
        if (!isMidway || Framing.ByTurns) return;
        Begin(speaker, isLost: false);
        Begin(speaker.Other(), isLost: true);
    }

    /// <summary>No protocol was recognised, and none will be.</summary>
    public void GiveUpRecognition() => _first = null;

    /// <summary>A stream is over.</summary>
    public void End(Direction direction)
    {
        _first?.Decide();
        bool cut = !Framing[direction].EndsAtClose;
        if (Half(direction).InMessage) Finish(direction, 0, cut);
        foreach (long number in Half(direction).Open.ToArray()) Finish(direction, number, cut);
        TellKept(direction, isDue: true);
        Above?.End(direction);
    }

    /// <summary>A side fell silent.</summary>
    public void FallSilent(Direction direction)
    {
        _first?.Decide();
        EndTurn(direction);
    }

    /// <inheritdoc cref="Conversation.HeldFrom"/>
    public long HeldFrom(Direction direction)
    {
        if (IsPlain) return long.MaxValue;
        long held = Above?.HeldFrom(direction) ?? long.MaxValue;
        if (_first is not null) held = Math.Min(held, _first.HeldFrom(direction));
        StreamFraming half = Framing[direction];
        if (!half.Carries || half.HeldFrom >= half.Position) return held;
        return Math.Min(held, Half(direction).WireOrigin(new Origin(half.HeldFrom, half.HeldFrom + 1)).Start);
    }

    private ConversationHalf Half(Direction direction) => direction == Direction.ToServer ? _toServer : _toClient;

    // Reads bytes to their end, or until what follows has to be recognised; returns how many were read.
    private int Read(Direction direction, ReadOnlySpan<byte> bytes, Origin origin)
    {
        FirstBytes? first = _first;
        ConversationHalf own = Half(direction);
        int mistaken = 0, at = 0;
        while (at < bytes.Length && (_first is null || _first == first))
        {
            StreamFraming half = Framing[direction];
            ReadOnlySpan<byte> rest = bytes[at..];
            if (Framing.MayCarry && _depth > 0 && half.Carries) (own.Trail ??= new OriginTrail()).Add(half.Position + rest.Length, origin);
            if (half.IsLost && BeginsTls(direction, rest)) continue;
            if (Framing.MayCarry) TellKept(direction, isDue: false);
            int boundary = !half.IsLost ? 0 : mistaken < MaxMistaken ? half.Boundary(rest) : -1;
            if (boundary != 0) rest = boundary < 0 ? rest : rest[..boundary];
            else if (half.IsLost)
            {
                if (own.InMessage) Finish(direction, 0, cut: true);
                half.Find();
            }

            bool wasLost = half.IsLost;
            FrameStep step = half.Take(rest);
            if (half.IsLost && !wasLost) _sink.OnLost(direction, _depth);
            if (step.Status == FrameStatus.Unfit)
            {
                if (!own.InMessage && BeginsTls(direction, rest)) continue;
                if (!own.IsDamaged || !half.TryLose())
                {
                    EndTurn(direction.Other());
                    FallBack(direction);
                    continue;
                }

                // What follows a loss looked like the beginning of a message, and was none.
                _sink.OnLost(direction, _depth);
                mistaken++;
                step = half.Take(rest[..1]);
            }

            Give(direction, half, step, rest[..step.Taken], own.Part(origin, at, step.Taken));
            at += step.Taken;
        }

        return at;
    }

    private void Give(Direction direction, StreamFraming half, FrameStep step, ReadOnlySpan<byte> taken, Origin origin)
    {
        if (BelongsToMessage(direction, half, step, taken, origin) && step.Taken > 0)
            Tell(direction, half, step, origin, taken);
        if (step.Status == FrameStatus.Complete) Finish(direction, step.Message, cut: false);
    }

    // TLS may begin where nothing that was seen said so: what did is missing.
    private bool BeginsTls(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (!_isAuto || Framing.MayCarry || direction != Direction.ToServer || !TlsProtocol.BeginsHandshake(bytes)) return false;
        // In a protocol that is known, an answer announced it, which is missing and not gone on with.
        if (!Framing.ByTurns) _sink.OnLost(Direction.ToClient, _depth);
        FramingRule announced = Framing.ToClient.Next;
        EndTurn(Direction.ToServer);
        EndTurn(Direction.ToClient);
        Use(announced.Name == FramingRule.Tls.Name ? announced : FramingRule.Tls);
        return true;
    }

    // Notes a step; bytes of no message go where they belong.
    private bool BelongsToMessage(Direction direction, StreamFraming half, FrameStep step, ReadOnlySpan<byte> taken, Origin origin)
    {
        ConversationHalf own = Half(direction);
        own.Position += step.Taken;
        if (step.Status == FrameStatus.Carry) Yield(direction, half, step, taken, origin);
        if (step.Status is FrameStatus.Carry or FrameStatus.Between) return false;
        own.GoOn(step.Message, half.IsLost);
        if (own.Surplus is { } oldest) Finish(direction, oldest, cut: true);
        EndTurn(direction.Other());
        return true;
    }

    private void Tell(Direction direction, StreamFraming half, FrameStep step, Origin origin, ReadOnlySpan<byte> taken)
    {
        _sink.OnBytes(new MessageId(direction, _depth, step.Message), origin, taken);
        if (_bodies is not null && !Framing.MayCarry) _bodies.Take(direction, half, step, taken);
    }

    private void Miss(Direction direction, StreamFraming half, FrameStep step, Origin origin)
    {
        _sink.OnMissing(new MessageId(direction, _depth, step.Message), origin, step.Taken);
        if (_bodies is not null && !Framing.MayCarry) _bodies.Skip(direction, half, step);
    }

    private void Yield(Direction direction, StreamFraming half, FrameStep step, ReadOnlySpan<byte> taken, Origin origin)
    {
        // Nothing but what is carried ends a flight before it.
        EndTurn(direction);
        EndTurn(direction.Other());
        if (_depth == MaxDepth) return;
        // What this side says may answer what was kept, or what is missing, of the other.
        TellKept(direction.Other(), isDue: true);
        TellLoss(direction.Other());
        Origin positions = half.CarriedAt(step.Taken);
        bool isOfStep = positions.End == half.Position && positions.Start == half.Position - step.Taken;
        Carry(direction, half, taken, isOfStep ? origin : Half(direction).WireOrigin(positions));
    }

    private ConversationLayer Raise() => Above ??= new ConversationLayer(_depth + 1, Framing.Carried, _sink,
        _context with { Alpn = Framing.Alpn, BeginsMidway = _toServer.IsDamaged || _toClient.IsDamaged });

    private void TellKept(Direction direction, bool isDue)
    {
        StreamFraming half = Framing[direction];
        if (_depth < MaxDepth && half.TryTellKept(isDue)) Carry(direction, half, default, Half(direction).WireOrigin(half.CarriedAt(0)));
    }

    private void Carry(Direction direction, StreamFraming half, ReadOnlySpan<byte> taken, Origin from)
    {
        ConversationLayer above = Raise();
        bool isTold = Half(direction).IsLossTold;
        if (half.CarriedMissing > 0 && !isTold) above.Skip(direction, half.CarriedMissing, from);
        else if (half.CarriedMissing != 0 && !isTold) above.Lose(direction);
        Half(direction).IsLossTold &= half.HasUntoldLoss;
        ReadOnlySpan<byte> carried = half.Carried(taken);
        if (!carried.IsEmpty || half.CarriedMissing != 0) _sink.OnCarried(direction, _depth, half.CarriedMissing, carried);
        if (carried.IsEmpty) return;
        above.Take(direction, carried, from);
        half.Release();
        Half(direction).Trail?.Forget(half.HeldFrom);
    }

    private void TellLoss(Direction direction)
    {
        if (!Framing[direction].HasUntoldLoss || Half(direction).IsLossTold) return;
        Half(direction).IsLossTold = true;
        Raise().Lose(direction);
    }

    // Bytes are missing, nobody knows how many.
    private void Lose(Direction direction)
    {
        Miss(direction);
        StreamFraming half = Framing[direction];
        if (half.IsLost || Framing.ByTurns) return;
        if (half.TryLose()) _sink.OnLost(direction, _depth);
        else FallBack(direction);
    }

    private void Miss(Direction direction)
    {
        _first?.Decide();
        Half(direction).IsDamaged = true;
        if (_first is not null) _first.IsMidway = true;
    }

    private void BeginMidway()
    {
        _beginsMidway = false;
        Begin(Direction.ToServer, isLost: true);
        Begin(Direction.ToClient, isLost: true);
    }

    // A stream goes on whose beginning nobody saw.
    private void Begin(Direction direction, bool isLost)
    {
        Half(direction).IsDamaged = true;
        if (isLost) Framing[direction].TryLose();
        _sink.OnLost(direction, _depth);
    }

    private void EndTurn(Direction direction)
    {
        if (!Half(direction).InMessage) return;
        StreamFraming half = Framing[direction];
        if (!Framing.ByTurns && !half.IsLost) return;
        Finish(direction, 0, cut: half.IsLost);
        half.EndTurn();
    }

    private void Finish(Direction direction, long number, bool cut)
    {
        MessageEnd end = default;
        ConversationHalf own = Half(direction);
        StreamFraming half = Framing[direction];
        own.Finish(number);
        (end.Message, end.Cut, end.Protocol) = (number, cut, Framing.Protocol);
        half.Describe(ref end);
        end.Body = _bodies?.End(new MessageId(direction, _depth, number), cut);
        if (number == 0 && own.IsBlind) end.Forget(Framing.Protocol);
        _sink.OnMessageEnd(new MessageId(direction, _depth, number), end);
        const MessageTraits Rare = MessageTraits.ProtocolChange | MessageTraits.Aborts;
        if ((end.Traits & Rare) == 0) return;
        if ((end.Traits & MessageTraits.ProtocolChange) != 0) Change(half.Next);
        if ((end.Traits & MessageTraits.Aborts) == 0 || !Half(direction.Other()).IsOpen(number)) return;
        Finish(direction.Other(), number, cut: true);
    }

    private void Change(FramingRule next)
    {
        if (next.IsAuto && _tunnels.Count < MaxDepth) _tunnels.Add(Framing);
        Use(next);
    }

    private void FallBack(Direction direction)
    {
        (string name, FramingFailure failure) = (Framing.Name, Framing[direction].Failure);
        failure = failure with { Offset = failure.Offset + Half(direction).Base };
        Use(FramingRule.Turns);
        _sink.OnUnfit(direction, name, failure);
    }

    private void Use(FramingRule next)
    {
        _bodies?.Clear();
        Above?.End(Direction.ToServer);
        Above?.End(Direction.ToClient);
        Above = null;
        _first = next.IsAuto ? new FirstBytes(this, _context with { BeginsMidway = false }) : null;
        Framing = (next.IsAuto ? FramingRule.Turns : next).Create(_context);
        _toServer.BeginFraming();
        _toClient.BeginFraming();
    }
}
