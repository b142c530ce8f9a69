namespace Trama.Diagnosis;

/// <summary>How sure a finding is, in rising order.</summary>
public enum Confidence : byte
{
    /// <summary>The pattern speaks for it, and nothing more: no error rests on this alone.</summary>
    Possible,

    /// <summary>The evidence fits it better than anything else that was considered.</summary>
    Likely,

    /// <summary>The packets leave no other explanation.</summary>
    Certain,
}
