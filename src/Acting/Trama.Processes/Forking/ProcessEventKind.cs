namespace Trama.Processes.Forking;

/// <summary>What became of a process.</summary>
internal enum ProcessEventKind
{
    /// <summary>Nothing that matters.</summary>
    None,

    /// <summary>It was made.</summary>
    Forked,

    /// <summary>It ended.</summary>
    Exited,
}
