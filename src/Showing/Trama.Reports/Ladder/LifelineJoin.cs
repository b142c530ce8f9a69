namespace Trama.Reports.Ladder;

/// <summary>Where the bracket that joins a message to its segments touches a lifeline in a row.</summary>
[Flags]
public enum LifelineJoin : byte
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>From the row above.</summary>
    Above = 1,

    /// <summary>To the row below.</summary>
    Below = 2,
}
