namespace Trama.Replay.Sending;

/// <summary>How a recorded conversation came to its end with another server.</summary>
public enum PlayedEnd
{
    /// <summary>All was said, and every reply came.</summary>
    Done,

    /// <summary>A reply that the recorded server gave did not come in time.</summary>
    ReplyTimedOut,

    /// <summary>The server closed or reset before all was said.</summary>
    Closed,

    /// <summary>No connection could be made.</summary>
    NotConnected,
}
