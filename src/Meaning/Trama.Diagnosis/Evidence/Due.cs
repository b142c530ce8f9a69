namespace Trama.Diagnosis.Evidence;

/// <summary>What shows that a reply to a message was due, in rising order of strength.</summary>
internal enum Due : byte
{
    /// <summary>Nothing: the message may be one way, pushed, or the last word.</summary>
    Unknown,

    /// <summary>The client was silent after it and kept its side open.</summary>
    Waiting,

    /// <summary>Earlier messages of the same connection were answered one by one.</summary>
    Habit,

    /// <summary>The protocol says so.</summary>
    Protocol,
}
