namespace Trama.Peers.Sending;

/// <summary>How a client knew that a reply was complete.</summary>
public enum ReplyEnd
{
    /// <summary>The framing says so; the connection is still open.</summary>
    Complete,

    /// <summary>The server closed the connection.</summary>
    Closed,

    /// <summary>The server fell silent for <see cref="ClientOptions.ReplyGap"/>; the connection is still open.</summary>
    Silent,
}
