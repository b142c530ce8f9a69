namespace Trama.Diagnosis.Tests.Score;

/// <summary>How a verdict stands to the truth.</summary>
internal enum CaseOutcome
{
    /// <summary>Cause and party are among the right answers; silence where nothing shows.</summary>
    Right,

    /// <summary>Another cause, or another party.</summary>
    Wrong,

    /// <summary>Silence where something shows.</summary>
    Missed,

    /// <summary>A verdict where nothing shows, or is wrong.</summary>
    FalseAlarm,
}
