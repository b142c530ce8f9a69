namespace Trama.Diagnosis;

/// <summary>Whose a finding is.</summary>
public enum Party : byte
{
    /// <summary>Nobody's: it is no fault.</summary>
    None,

    /// <summary>The client's.</summary>
    Client,

    /// <summary>The network's between the two, devices on the path included.</summary>
    Network,

    /// <summary>The server's.</summary>
    Server,

    /// <summary>It cannot be told from this vantage point.</summary>
    Unknown,
}
