namespace Trama.Diagnosis;

/// <summary>What of path, window or pace would have to be otherwise for a finding not to be there.</summary>
public enum Remedy : byte
{
    /// <summary>Nothing of them: a program or a host would have to be changed.</summary>
    None,

    /// <summary>Nothing is lost, held back or copied.</summary>
    NoLoss,

    /// <summary>Programs send what they write at once (TCP_NODELAY).</summary>
    NoDelay,

    /// <summary>Both hosts take more that was not read yet, and the programs read whatever comes.</summary>
    WideWindow,

    /// <summary>The way is short.</summary>
    ShortWay,

    /// <summary>The path has no limit to its rate.</summary>
    NoLimit,
}
