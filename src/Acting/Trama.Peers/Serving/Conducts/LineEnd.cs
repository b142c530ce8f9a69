namespace Trama.Peers.Serving.Conducts;

/// <summary>How a conversation of <see cref="Conversing"/> comes to its end.</summary>
public enum LineEnd
{
    /// <summary>The client closed its side, and all is said.</summary>
    ClientClosed,

    /// <summary>The client closed its side in the middle of a message.</summary>
    Cut,

    /// <summary>The client's message is larger than <see cref="ServerOptions.MessageLimit"/>.</summary>
    TooLarge,

    /// <summary>The server closes.</summary>
    Close,

    /// <summary>The server resets the connection.</summary>
    Reset,
}
