namespace Trama.Framing.Commands;

/// <summary>What the two directions of a dialogue of commands and replies know of each other. After missing bytes nobody knows what waits,
/// until the client asks something after the server spoke, and that is answered.</summary>
/// <param name="protocol">The protocol's name.</param>
/// <param name="verbs">The words of its commands.</param>
internal sealed class CommandDialogue(string protocol, CommandVerbs verbs)
{
    private bool _isHeard;

    /// <summary>The words of the protocol's commands.</summary>
    public CommandVerbs Verbs => verbs;

    /// <summary>The commands that wait for a reply, as <see cref="CommandKind"/>.</summary>
    public PendingRequests Pending { get; } = new();

    /// <summary>Whether the server asked for the next step of proving who the client is (334, or <c>+</c> in POP3): what the client says
    /// then is secret.</summary>
    public bool SecretExpected { get; set; }

    /// <summary>Whether the server asked for lines of content (354).</summary>
    public bool ContentExpected { get; set; }

    /// <summary>Whether bytes are missing that may have been commands or replies.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Whether the commands that wait were said after everything before them was answered.</summary>
    public bool IsAnsweredNext { get; private set; }

    /// <summary>How the dialogue goes on behind the reply that begins TLS.</summary>
    public FramingRule Secured => FramingRule.TlsWith(protocol);

    /// <summary>Remembers a command; refuses when too many wait.</summary>
    public bool TryAsk(CommandKind kind)
    {
        IsAnsweredNext |= IsUnsure && _isHeard && Pending.IsEmpty;
        _isHeard = false;
        return Pending.TryAdd((int)kind);
    }

    /// <summary>The server says something.</summary>
    public void Hear() => _isHeard = true;

    /// <summary>The oldest command has its reply.</summary>
    public void Answered()
    {
        Pending.Answered();
        if (IsAnsweredNext && Pending.IsEmpty) (IsUnsure, IsAnsweredNext) = (false, false);
    }

    /// <summary>Bytes of one direction are missing.</summary>
    public void Lose(bool ofClient)
    {
        Pending.Lose(ofClient);
        (IsUnsure, IsAnsweredNext, _isHeard) = (true, false, !ofClient);
        (SecretExpected, ContentExpected) = (false, false);
    }
}
