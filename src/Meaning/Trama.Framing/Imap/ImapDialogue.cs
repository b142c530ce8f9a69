namespace Trama.Framing.Imap;

/// <summary>What the two directions know of each other: the tags of commands that wait, oldest first. After missing bytes nobody knows what
/// waits, until the client asks something after the server spoke, and that is answered.</summary>
internal sealed class ImapDialogue
{
    /// <summary>The most commands that are remembered; beyond, the oldest is forgotten.</summary>
    public const int Limit = 1024;

    private readonly List<(long Tag, ImapVerb Verb)> _waiting = [];
    private bool _isHeard;

    /// <summary>The oldest command that waits; absent when none does.</summary>
    public (long Tag, ImapVerb Verb)? Oldest => _waiting.Count > 0 ? _waiting[0] : null;

    /// <summary>Whether what the client says next proves who it is.</summary>
    public bool SecretExpected { get; set; }

    /// <summary>Whether the client is in the middle of a command, whose literal it sends when the server says so.</summary>
    public bool IsLiteralComing { get; set; }

    /// <summary>Whether bytes are missing that may have been commands or replies.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Whether the commands that wait were said after everything before them was answered.</summary>
    public bool IsAnsweredNext { get; private set; }

    /// <summary>The server says something.</summary>
    public void Hear() => _isHeard = true;

    /// <summary>Bytes of one direction are missing.</summary>
    public void Lose(bool ofClient)
    {
        _waiting.Clear();
        (IsUnsure, IsAnsweredNext, _isHeard, SecretExpected) = (true, false, !ofClient, false);
    }

    /// <summary>Remembers a command.</summary>
    public void Ask(long tag, ImapVerb verb)
    {
        IsAnsweredNext |= IsUnsure && _isHeard && _waiting.Count == 0;
        _isHeard = false;
        if (_waiting.Count == Limit) _waiting.RemoveAt(0);
        _waiting.Add((tag, verb));
    }

    /// <summary>Forgets a command, which is answered, and tells what it was.</summary>
    public ImapVerb Answer(long tag)
    {
        int place = _waiting.FindIndex(one => one.Tag == tag);
        if (place < 0) return ImapVerb.Other;
        ImapVerb verb = _waiting[place].Verb;
        _waiting.RemoveAt(place);
        if (IsAnsweredNext && _waiting.Count == 0) (IsUnsure, IsAnsweredNext) = (false, false);
        return verb;
    }

    /// <summary>The number that stands for a tag.</summary>
    public static long Key(ReadOnlySpan<byte> tag)
    {
        // FNV-1a: tags are short and differ.
        ulong key = 14_695_981_039_346_656_037;
        foreach (byte letter in tag) key = (key ^ letter) * 1_099_511_628_211;
        return (long)(key & long.MaxValue);
    }
}
