namespace Trama.Diagnosis;

/// <summary>How bad a finding is, in rising order.</summary>
public enum Severity : byte
{
    /// <summary>Worth knowing; no fault, or one that did no harm.</summary>
    Info,

    /// <summary>It cost time or bytes.</summary>
    Warning,

    /// <summary>A program did not get what it asked for.</summary>
    Error,
}
