namespace Trama.Peers.Replies;

/// <summary>What a server does once it has answered a message.</summary>
public enum AfterReply
{
    /// <summary>What it does after each reply.</summary>
    GoOn,

    /// <summary>Close the connection.</summary>
    Close,

    /// <summary>Reset the connection.</summary>
    Reset,
}
