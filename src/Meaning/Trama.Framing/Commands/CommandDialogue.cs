namespace Trama.Framing.Commands;

/// <summary>What the two directions of a dialogue of commands and replies know of each other.</summary>
internal sealed class CommandDialogue
{
    /// <summary>The commands that wait for a reply, as <see cref="CommandKind"/>.</summary>
    public PendingRequests Pending { get; } = new();

    /// <summary>Whether the server asked for the next step of proving who the client is (334, or <c>+</c> in POP3): what the client says
    /// then is secret.</summary>
    public bool SecretExpected { get; set; }

    /// <summary>Whether the server asked for lines of content (354).</summary>
    public bool ContentExpected { get; set; }
}
