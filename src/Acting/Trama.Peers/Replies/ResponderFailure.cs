namespace Trama.Peers.Replies;

/// <summary>Why there is no answer to a message.</summary>
public enum ResponderFailure
{
    /// <summary>The command could not be started; the exception has the system's words.</summary>
    NotStarted,

    /// <summary>The command did not end in time, and was killed.</summary>
    TimedOut,

    /// <summary>The command wrote more than a message may hold, and was killed.</summary>
    TooLarge,

    /// <summary>What should be answered does not fit the length of the framing.</summary>
    Unframed,
}
