namespace Trama.Replay.Serving;

/// <summary>By what a request is told to be a recorded one.</summary>
public enum MatchRule
{
    /// <summary>By operation and content where there is one alike, else by operation.</summary>
    Content,

    /// <summary>By operation alone.</summary>
    Operation,

    /// <summary>By operation and content alone.</summary>
    Exact,

    /// <summary>By its place in the connection: the first connection is the first recorded one, and so on, over and over.</summary>
    Order,
}
