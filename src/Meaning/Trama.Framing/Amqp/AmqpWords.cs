namespace Trama.Framing.Amqp;

/// <summary>What is known of a message: a method, or several that say how something ended.</summary>
internal sealed class AmqpWords
{
    private ShortText _text = new(400);
    private ShortText _group = new(400);

    /// <summary>Its place in an exchange.</summary>
    public MessageTraits Traits { get; set; }

    /// <summary>What pairs it with another; absent where its order does.</summary>
    public long? Key { get; set; }

    /// <summary>Whether an answer must come.</summary>
    public bool? ReplyDue { get; set; }

    /// <summary>Whether it says that something failed.</summary>
    public bool? Failed { get; set; }

    /// <summary>Whether a part of the words is missing, so that none are told.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>Whether its end was not seen.</summary>
    public bool IsCut { get; set; }

    /// <summary>The words so far.</summary>
    public ReadOnlySpan<byte> Text => _text.Bytes;

    /// <summary>Begins another message.</summary>
    public void Clear()
    {
        _text.Clear();
        _group.Clear();
        (Traits, Key, ReplyDue, Failed, IsUnknown, IsCut) = (MessageTraits.None, null, null, null, false, false);
    }

    /// <summary>Appends words.</summary>
    public void Add(ReadOnlySpan<byte> words)
    {
        _text.Add(words);
        _group.Add(words);
    }

    /// <summary>Appends a word behind a space, unless it is empty.</summary>
    public void AddWord(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty) return;
        Add(" "u8);
        _text.Add(word);
        TopicShape.Write(word, (byte)'.', ref _group);
    }

    /// <summary>Appends a number behind a space.</summary>
    public void AddWord(long number)
    {
        Add(" "u8);
        _text.Add(number);
        _group.Add(number);
    }

    /// <summary>Appends the version that a header asks for.</summary>
    public void AddVersion(ReadOnlySpan<byte> header) => AmqpVersion.Write(header, ref _text);

    /// <summary>Something is asked for.</summary>
    /// <param name="key">What pairs it with its answer.</param>
    /// <param name="isDue">Whether that must come.</param>
    public void Ask(long? key, bool? isDue) => (Traits, Key, ReplyDue) = (Traits | MessageTraits.Asks, key, isDue);

    /// <summary>Something is told that nothing answers.</summary>
    public void Tell() => (Traits, ReplyDue) = (Traits | MessageTraits.Asks | MessageTraits.NoReply, false);

    /// <summary>Something is answered.</summary>
    /// <param name="key">What pairs it with what it answers.</param>
    /// <param name="failed">Whether that failed.</param>
    public void Answer(long? key, bool failed) => (Traits, Key, Failed) = (Traits | MessageTraits.Answers, key, failed);

    /// <summary>Completes what is known of the message.</summary>
    public void Describe(ref MessageEnd end)
    {
        (end.Traits, end.Key, end.ReplyDue, end.Failed) = (Traits, Key, ReplyDue, Failed);
        end.Cut |= IsCut;
        if (IsUnknown) return;
        end.Description = _text.Bytes;
        if ((Traits & MessageTraits.Answers) != 0) end.Status = _text.Bytes;
        else end.Operation = _text.Bytes;
        if ((Traits & MessageTraits.Answers) == 0 && !_group.Bytes.SequenceEqual(_text.Bytes)) end.Group = _group.Bytes;
    }
}
