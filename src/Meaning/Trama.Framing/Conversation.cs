using System.Runtime.CompilerServices;

namespace Trama.Framing;

/// <summary>
/// Cuts both streams of one connection into messages: notices when the other side speaks, and goes on by turns when a
/// framing stops fitting. Keeps no message; bytes pass through it to the sink.
/// </summary>
/// <param name="rule">How messages are told apart.</param>
/// <param name="sink">Hears of the messages.</param>
public sealed class Conversation(FramingRule rule, IMessageSink sink)
{
    private readonly byte[] _first = new byte[rule.IsAuto ? Recognition.MaxBytes : 0];
    private int _firstLength;
    private bool _undecided = rule.IsAuto;
    private ConnectionFraming _framing = (rule.IsAuto ? FramingRule.Turns : rule).Create();
    private Halves _halves;

    /// <summary>The name of the framing in force.</summary>
    public string Framing => _framing.Name;

    /// <summary>The next bytes of a stream, in order; may be empty.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_undecided) Recognise(direction, bytes);
            if (_framing[direction] is { IsLost: true } half && half.MayBegin(bytes)) EndTurn(direction);
            Speak(direction);
            FrameStep step = _framing[direction].Take(bytes);
            if (step.Status == FrameStatus.Unfit)
            {
                FallBack(direction);
                continue;
            }

            sink.OnBytes(direction, bytes[..step.Taken]);
            bytes = bytes[step.Taken..];
            Advance(direction, step);
        }
    }

    /// <summary>Bytes of a stream that nobody saw.</summary>
    public void Skip(Direction direction, long count)
    {
        _undecided = false;
        while (count > 0)
        {
            Speak(direction);
            FrameStep step = _framing[direction].Skip((int)Math.Min(count, int.MaxValue));
            if (step.Status == FrameStatus.Unfit)
            {
                FallBack(direction);
                continue;
            }

            sink.OnMissing(direction, step.Taken);
            count -= step.Taken;
            Advance(direction, step);
        }
    }

    /// <summary>A stream is over: closed, reset, or the capture ends here.</summary>
    public void End(Direction direction)
    {
        if (_halves[(int)direction].InMessage) Finish(direction, cut: !_framing[direction].EndsAtClose);
    }

    /// <summary>
    /// Ends the message in progress although the other side has not spoken (it fell silent), when nothing in the bytes tells its end.
    /// </summary>
    public void EndTurn(Direction direction)
    {
        StreamFraming half = _framing[direction];
        if (!(_framing.ByTurns || half.IsLost) || !_halves[(int)direction].InMessage) return;
        Finish(direction, cut: half.IsLost);
        half.EndTurn();
    }

    private void Speak(Direction direction)
    {
        _halves[(int)direction].InMessage = true;
        EndTurn(Other(direction));
    }

    private void Advance(Direction direction, FrameStep step)
    {
        _halves[(int)direction].Position += step.Taken;
        if (step.Status == FrameStatus.Complete) Finish(direction, cut: false);
    }

    private void Finish(Direction direction, bool cut)
    {
        StreamFraming half = _framing[direction];
        _halves[(int)direction].InMessage = false;
        var end = new MessageEnd { Cut = cut };
        half.Describe(ref end);
        sink.OnMessageEnd(direction, end);
        if ((end.Traits & MessageTraits.ProtocolChange) != 0) Use(half.Next);
    }

    private void FallBack(Direction direction)
    {
        FramingFailure failure = _framing[direction].Failure;
        string name = _framing.Name;
        failure = failure with { Offset = failure.Offset + _halves[(int)direction].Base };
        Use(FramingRule.Turns);
        sink.OnUnfit(direction, name, failure);
    }

    private void Use(FramingRule next)
    {
        _undecided = next.IsAuto && _first.Length > 0;
        _firstLength = 0;
        _framing = (next.IsAuto ? FramingRule.Turns : next).Create();
        foreach (ref Half half in _halves[..]) half.Base = half.Position;
    }

    // Until the first bytes are recognised, they pass as a turn that has begun.
    private void Recognise(Direction direction, ReadOnlySpan<byte> bytes)
    {
        bool otherSpoke = _firstLength > 0 && !_halves[(int)direction].InMessage;
        int before = _firstLength;
        int added = Math.Min(bytes.Length, _first.Length - before);
        bytes[..added].CopyTo(_first.AsSpan(before));
        _firstLength += added;
        FramingRule? found = null;
        if (!otherSpoke && !Recognition.TryGuess(direction, _first.AsSpan(0, _firstLength), out found)) return;
        _undecided = false;
        if (found is null) return;
        Use(found);
        _halves[(int)direction].Base -= before;
        if (before > 0 && _framing[direction].Take(_first.AsSpan(0, before)).Status != FrameStatus.NeedMore) Use(FramingRule.Turns);
    }

    private static Direction Other(Direction direction) =>
        direction == Direction.ToServer ? Direction.ToClient : Direction.ToServer;

    // What is known of one direction. Base is where in the stream the framing in force began.
    private struct Half
    {
        public long Position;
        public long Base;
        public bool InMessage;
    }

    [InlineArray(2)]
    private struct Halves
    {
        private Half _toServer;
    }
}
