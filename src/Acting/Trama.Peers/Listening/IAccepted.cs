namespace Trama.Peers.Listening;

/// <summary>A connection that a peer accepted.</summary>
internal interface IAccepted
{
    /// <summary>Bytes of memory that it holds and that its end would give back.</summary>
    long HeldBytes { get; }

    /// <summary>Serves it until it is over. Never throws.</summary>
    Task RunAsync();

    /// <summary>Ends it when nothing has moved for too long.</summary>
    void EndWhenOverdue(ProgressClock clock);

    /// <summary>Ends it, since no connection can go on and none holds more than it does.</summary>
    void GiveUpMemory();

    /// <summary>Asks it to come to its end.</summary>
    void AskToStop();

    /// <summary>Resets it at once: it has not come to its end by the deadline.</summary>
    void Abort();
}
