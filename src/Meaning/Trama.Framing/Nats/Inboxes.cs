namespace Trama.Framing.Nats;

/// <summary>The subjects on which one side waits for an answer, each made up for one question: their <see cref="TextHash"/>.</summary>
internal sealed class Inboxes
{
    // Beyond so many, nobody knows any more what answers.
    private const int Limit = 16_384;

    private readonly HashSet<ulong> _open = [];

    /// <summary>Whether some may have been forgotten.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Waits on a subject.</summary>
    public void Open(ulong subject)
    {
        if (_open.Count == Limit)
        {
            _open.Clear();
            Lose();
        }

        _open.Add(subject);
    }

    /// <summary>Whether somebody waits on a subject.</summary>
    public bool IsOpen(ulong subject) => _open.Contains(subject);

    /// <summary>The answer is there.</summary>
    public void Close(ulong subject) => _open.Remove(subject);

    /// <summary>Bytes are missing that may have asked, or answered.</summary>
    public void Lose() => IsIncomplete = true;

    /// <summary>Whether a subject is one of those that clients and servers make up for answers.</summary>
    public static bool IsMadeUp(ReadOnlySpan<byte> subject) => subject.StartsWith("_INBOX."u8) || subject.StartsWith("$JS.ACK."u8);
}
