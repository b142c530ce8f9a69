namespace Trama.Framing.Imap;

/// <summary>What the two directions know of each other: the tags of commands that wait, oldest first.</summary>
internal sealed class ImapDialogue
{
    /// <summary>The most commands that are remembered; beyond, the oldest is forgotten.</summary>
    public const int Limit = 1024;

    private readonly List<(long Tag, ImapVerb Verb)> _waiting = [];

    /// <summary>The oldest command that waits; absent when none does.</summary>
    public (long Tag, ImapVerb Verb)? Oldest => _waiting.Count > 0 ? _waiting[0] : null;

    /// <summary>Whether what the client says next proves who it is.</summary>
    public bool SecretExpected { get; set; }

    /// <summary>Remembers a command.</summary>
    public void Ask(long tag, ImapVerb verb)
    {
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
