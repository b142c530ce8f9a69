namespace Trama.Peers.Replies;

/// <summary>Why there is no answer to a message.</summary>
public enum ResponderFailure
{
    /// <summary>The command could not be started; the exception has the system's words.</summary>
    NotStarted,

    /// <summary>The command died by a signal; see <see cref="ResponderException.Code"/>.</summary>
    Killed,

    /// <summary>
    /// The command ended with an exit code other than 0, which its answer does not tell; see <see cref="ResponderException.Code"/>.
    /// </summary>
    Exited,

    /// <summary>The command did not end in time, and was killed.</summary>
    TimedOut,

    /// <summary>The command wrote more than a message may hold, and was killed.</summary>
    TooLarge,

    /// <summary>The file to answer with cannot be read; the exception has the system's words.</summary>
    Unreadable,

    /// <summary>Who asked by UDP may be a server too, and the two would answer each other for ever.</summary>
    MayLoop,

    /// <summary>What should be answered does not fit the length of the framing.</summary>
    Unframed,
}
