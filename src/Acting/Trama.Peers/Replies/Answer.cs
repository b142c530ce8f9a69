namespace Trama.Peers.Replies;

/// <summary>What a server does about a message.</summary>
/// <param name="Reply">What it sends, as a whole message of the framing; may be empty. Valid until it has been sent.</param>
/// <param name="Then">What follows.</param>
public readonly record struct Answer(ReadOnlyMemory<byte> Reply, AfterReply Then = AfterReply.GoOn)
{
    /// <summary>A file to send after <see cref="Reply"/>; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Bytes of memory that were taken for this reply alone.</summary>
    public long HeldBytes { get; init; }

    /// <summary>What went wrong though there is an answer; null when nothing did.</summary>
    public ResponderException? Trouble { get; init; }
}
