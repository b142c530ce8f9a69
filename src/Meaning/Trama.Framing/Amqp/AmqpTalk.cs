namespace Trama.Framing.Amqp;

/// <summary>Understands the methods that one side says: what they ask, and what they answer.</summary>
internal sealed class AmqpTalk(AmqpSession session, Direction direction)
{
    private const int NoAckBit = 2;
    private const int FirstFailure = 300;

    // Who was never confirmed so many messages in a row wanted no confirmation.
    private const int MostUnnumbered = 64;

    /// <summary>What the method ends beside what it answers.</summary>
    public AmqpAnswers Answers { get; } = new();

    /// <summary>A client's first word, or a server's that does not speak what was wanted.</summary>
    public void Understand(ReadOnlySpan<byte> header, AmqpWords words)
    {
        words.Clear();
        words.AddVersion(header);
        if (direction == Direction.ToServer)
        {
            session.Opening = session.NewKey();
            words.Ask(session.Opening, isDue: true);
            return;
        }

        words.Answer(session.Opening ?? session.NewKey(), failed: true);
        words.Traits |= MessageTraits.Goodbye;
        session.Opening = null;
    }

    /// <summary>A method.</summary>
    /// <param name="number">The number of its channel.</param>
    /// <param name="payload">The method with its arguments, or the beginning of it.</param>
    /// <param name="isWhole">Whether nothing of it is missing.</param>
    /// <param name="words">What is known of it then.</param>
    /// <returns>Whether content follows.</returns>
    public bool Understand(int number, ReadOnlySpan<byte> payload, bool isWhole, AmqpWords words)
    {
        words.Clear();
        if (AmqpMethod.Find(payload) is not { } method)
        {
            words.Traits = MessageTraits.Unsolicited;
            return false;
        }

        words.Add(method.Words.Span);
        var arguments = new AmqpArguments(payload[AmqpMethod.Size..]);
        bool hasContent = Understand(number, method, ref arguments, words);
        words.IsUnknown = arguments.IsPastEnd && !isWhole;
        return hasContent;
    }

    private bool Understand(int number, AmqpMethod method, ref AmqpArguments arguments, AmqpWords words)
    {
        if (method.Is(AmqpMethod.OfChannel, 10)) session.Open(number);
        AmqpChannel channel = session.Channel(number);
        switch (method.Class, method.Id)
        {
            case (AmqpMethod.Connection, 10):
                if (session.Opening is { } opening) Answer(opening, method.Words.Span, failed: false);
                session.Opening = null;
                Ask(channel, method, words, needsNoAck: false);
                return false;
            case (AmqpMethod.Connection or AmqpMethod.OfChannel, 50 or 40) when method.Name[^1] == 'e':
                Close(number, method, ref arguments, words);
                return false;
            case (AmqpMethod.Connection, 51) or (AmqpMethod.OfChannel, 41):
                AnswerOf(channel, method, words);
                if (number == 0) words.Traits |= MessageTraits.Goodbye;
                else session.Close(number);
                return false;
            case (AmqpMethod.Basic, 20):
                Consume(channel, method, ref arguments, words);
                return false;
            case (AmqpMethod.Basic, 21):
                channel.Consume(arguments.TakeString(), AnswerOf(channel, method, words)?.NeedsNoAck ?? false);
                return false;
            case (AmqpMethod.Basic, 40):
                arguments.Skip(method.Skipped);
                AddRoute(ref arguments, words);
                Publish(channel, words);
                return true;
            case (AmqpMethod.Basic, 50):
                words.AddWord(arguments.TakeShort());
                words.AddWord(arguments.TakeString());
                AddRoute(ref arguments, words);
                words.Tell();
                return true;
            case (AmqpMethod.Basic, 60):
                Deliver(channel, ref arguments, words);
                return true;
            case (AmqpMethod.Basic, 70):
                Name(method, ref arguments, words, out _);
                Ask(channel, method, words, needsNoAck: (arguments.TakeBits() & 1) != 0);
                return false;
            case (AmqpMethod.Basic, 71):
                if (AnswerOf(channel, method, words) is { NeedsNoAck: false })
                    session.Wait(channel[direction], arguments.TakeLong(), AmqpSide.NoKey);
                return true;
            case (AmqpMethod.Basic, 80 or 90 or 120):
                ulong tag = arguments.TakeLong();
                bool isMultiple = (arguments.TakeBits() & 1) != 0 && method.Id != 90;
                Acknowledge(channel, tag, isMultiple, failed: method.Id != 80, words);
                return false;
            case (AmqpMethod.Confirm, 10):
                channel.Confirms = AmqpConfirms.On;
                channel[direction].BeginCount();
                break;
        }

        int flags = Name(method, ref arguments, words, out _);
        bool wantsNone = method.NoWait >= 0 && (flags >> method.NoWait & 1) != 0;
        if (method.Answers != 0) AnswerOf(channel, method, words);
        else if (method.IsAnswered && !wantsNone) Ask(channel, method, words, needsNoAck: false);
        else words.Tell();
        return false;
    }

    // The words of what it concerns; the bits behind them.
    private static int Name(AmqpMethod method, ref AmqpArguments arguments, AmqpWords words, out ReadOnlySpan<byte> last)
    {
        last = default;
        if (method.Strings == 0 && method.NoWait < 0) return 0;
        arguments.Skip(method.Skipped);
        for (int i = 0; i < method.Strings; i++)
        {
            last = arguments.TakeString();
            if (i < method.Named) words.AddWord(last);
        }

        return method.NoWait < 0 ? 0 : arguments.TakeBits();
    }

    // Without an exchange, the route is the name of the queue.
    private static void AddRoute(ref AmqpArguments arguments, AmqpWords words)
    {
        ReadOnlySpan<byte> exchange = arguments.TakeString(), route = arguments.TakeString();
        words.AddWord(exchange.IsEmpty ? route : exchange);
    }

    private void Ask(AmqpChannel channel, AmqpMethod method, AmqpWords words, bool needsNoAck)
    {
        long key = session.NewKey();
        words.Ask(key, isDue: true);
        channel[direction].Ask(new AmqpAsk(method, key, needsNoAck));
    }

    private AmqpAsk? AnswerOf(AmqpChannel channel, AmqpMethod method, AmqpWords words)
    {
        bool isKnown = channel[direction.Other()].TryAnswer(method, out AmqpAsk ask);
        words.Answer(isKnown ? ask.Key : session.NewKey(), failed: false);
        return isKnown ? ask : null;
    }

    private void Answer(long key, ReadOnlySpan<byte> status, bool failed)
    {
        Answers.Words.Clear();
        Answers.Words.Add(status);
        Answers.Words.Answer(null, failed);
        Answers.Add(key);
    }

    // A close with an error names the method that it refuses.
    private void Close(int number, AmqpMethod method, ref AmqpArguments arguments, AmqpWords words)
    {
        int from = words.Text.Length + 1, code = arguments.TakeShort();
        words.AddWord(code);
        words.AddWord(arguments.TakeString());
        bool isError = code >= FirstFailure;
        if (isError && session.TryTake(direction.Other(), number, arguments.TakeShort(), arguments.TakeShort(), out AmqpAsk refused))
            Answer(refused.Key, words.Text[from..], failed: true);
        if (number == 0) words.Traits |= MessageTraits.Goodbye;
        Ask(session.Channel(number), method, words, needsNoAck: false);
    }

    private void Consume(AmqpChannel channel, AmqpMethod method, ref AmqpArguments arguments, AmqpWords words)
    {
        int bits = Name(method, ref arguments, words, out ReadOnlySpan<byte> consumer);
        bool needsNoAck = (bits & NoAckBit) != 0;
        if ((bits >> method.NoWait & 1) == 0)
        {
            Ask(channel, method, words, needsNoAck);
            return;
        }

        channel.Consume(consumer, needsNoAck);
        words.Tell();
    }

    private void Publish(AmqpChannel channel, AmqpWords words)
    {
        AmqpSide side = channel[direction];
        if (channel.Confirms == AmqpConfirms.Unknown && ++side.Unnumbered > MostUnnumbered) channel.Confirms = AmqpConfirms.Off;
        if (channel.Confirms == AmqpConfirms.Off)
        {
            words.Tell();
        }
        else if (channel.Confirms == AmqpConfirms.On && !side.IsCountLost)
        {
            long key = session.NewKey();
            session.Wait(side, ++side.LastNumber, key);
            words.Ask(key, isDue: true);
        }
        else
        {
            // Their order pairs what has no number.
            if (channel.Confirms == AmqpConfirms.On) side.Unnumbered++;
            words.Ask(null, isDue: channel.Confirms == AmqpConfirms.On ? null : false);
        }
    }

    private void Deliver(AmqpChannel channel, ref AmqpArguments arguments, AmqpWords words)
    {
        bool? needsNoAck = channel.NeedsNoAck(arguments.TakeString());
        ulong tag = arguments.TakeLong();
        arguments.Skip(1);
        AddRoute(ref arguments, words);
        if (needsNoAck == true)
        {
            words.Tell();
            return;
        }

        long key = session.NewKey();
        AmqpSide side = channel[direction];
        side.LastNumber = tag;
        session.Wait(side, tag, key);
        words.Ask(key, isDue: needsNoAck is null ? null : true);
    }

    private void Acknowledge(AmqpChannel channel, ulong tag, bool isMultiple, bool failed, AmqpWords words)
    {
        AmqpSide side = channel[direction.Other()];
        long? last = null;
        bool isOfGot = false;
        if (isMultiple)
        {
            while (side.Waiting.Count > 0 && side.Waiting.First() is var first && (tag == 0 || first.Key <= tag))
            {
                session.TryTake(side, first.Key, out _);
                isOfGot |= first.Value == AmqpSide.NoKey;
                // What may have been acknowledged unseen is not told to be so now.
                if (first.Value == AmqpSide.NoKey || first.Key <= side.LastUnsure) continue;
                if (last is { } earlier) Answer(earlier, words.Text, failed);
                last = first.Value;
            }
        }
        else if (session.TryTake(side, tag, out long key))
        {
            (last, isOfGot) = (key == AmqpSide.NoKey ? null : key, key == AmqpSide.NoKey);
        }

        if (last is null && isOfGot)
        {
            words.Tell();
            return;
        }

        bool isByOrder = last is null && side.Unnumbered > 0 && !isMultiple;
        if (isByOrder)
        {
            side.Unnumbered--;
            side.LoseCount();
            channel.Confirms = AmqpConfirms.On;
        }

        words.Answer(isByOrder ? null : last ?? session.NewKey(), failed);
    }
}
