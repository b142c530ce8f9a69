namespace Trama.Cli.Commands.Running.WithoutPackets;

/// <summary>How a connection went, as far as the kernel's counters tell.</summary>
internal enum SocketOutcome
{
    /// <summary>It stood when the command ended.</summary>
    Open,

    /// <summary>It stood, and is over.</summary>
    Ended,

    /// <summary>A reset was the answer to the SYN.</summary>
    Refused,

    /// <summary>Nothing was the answer to the SYN.</summary>
    Unanswered,
}
