namespace Trama.Framing.Amqp;

/// <summary>What one side asked on a channel, and what of it waits.</summary>
internal sealed class AmqpSide
{
    /// <summary>Stands for the key of a message that was got by a request of its own, whose acknowledgement answers nothing.</summary>
    public const long NoKey = 0;

    // Nobody waits for more answers on one channel.
    private const int MaxAsked = 1024;

    private readonly List<AmqpAsk> _asked = [];
    private bool _mayBeAnswered;
    private bool _isAheadOfAnswers;

    /// <summary>The keys of the messages, by their numbers, that were delivered or published and wait for an acknowledgement.</summary>
    public SortedDictionary<ulong, long> Waiting { get; } = [];

    /// <summary>The last number of a message that may have been acknowledged unseen.</summary>
    public ulong LastUnsure { get; private set; }

    /// <summary>The last number that a message had.</summary>
    public ulong LastNumber { get; set; }

    /// <summary>Whether messages were published that nobody saw, so that numbers are not known.</summary>
    public bool IsCountLost { get; private set; }

    /// <summary>How many messages were published whose numbers are not known.</summary>
    public int Unnumbered { get; set; }

    /// <summary>The content in progress.</summary>
    public AmqpContent Content { get; } = new();

    /// <summary>Remembers what was asked.</summary>
    public void Ask(in AmqpAsk ask)
    {
        // Who waits for each answer has those to what came before.
        if (_mayBeAnswered) _asked.Clear();
        _mayBeAnswered = false;
        _isAheadOfAnswers |= _asked.Count > 0;
        if (_asked.Count == MaxAsked) _asked.RemoveAt(0);
        _asked.Add(ask);
    }

    /// <summary>Takes the oldest of what was asked that a method answers.</summary>
    public bool TryAnswer(AmqpMethod answer, out AmqpAsk ask) => TryTake(answer.Class, answer.Answers, out ask);

    /// <summary>Takes the oldest method of these numbers that waits.</summary>
    public bool TryTake(int number, int id, out AmqpAsk ask)
    {
        int at = _asked.FindIndex(one => one.Method.Class == number && one.Method.Id == id);
        ask = at < 0 ? default : _asked[at];
        if (at >= 0) _asked.RemoveAt(at);
        return at >= 0;
    }

    /// <summary>Begins to number what is published.</summary>
    public void BeginCount() => (LastNumber, LastUnsure, IsCountLost, Unnumbered) = (0, 0, false, 0);

    /// <summary>Nobody knows the numbers of what is published.</summary>
    public void LoseCount() => IsCountLost = true;

    /// <summary>Bytes of this side are missing, and perhaps whole methods with them.</summary>
    public void LoseOwn()
    {
        Content.Abandon();
        Unnumbered = 0;
        LoseCount();
        // Of these some may have been answered unseen, and what is answered next was asked unseen.
        if (_mayBeAnswered) _asked.Clear();
    }

    /// <summary>Bytes of the other side are missing, and perhaps answers with them.</summary>
    public void LoseAnswers()
    {
        if (_isAheadOfAnswers || IsCountLost) _asked.Clear();
        _mayBeAnswered = _asked.Count > 0;
        _isAheadOfAnswers = false;
        LastUnsure = LastNumber;
    }
}
