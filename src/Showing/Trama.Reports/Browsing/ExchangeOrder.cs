namespace Trama.Reports.Browsing;

/// <summary>In which order exchanges are listed.</summary>
public enum ExchangeOrder : byte
{
    /// <summary>As they became complete; live, new ones come last.</summary>
    Completed,

    /// <summary>By when they began.</summary>
    FirstAt,

    /// <summary>By their total time; unknown ones count as 0.</summary>
    Total,

    /// <summary>By the server's time.</summary>
    Server,

    /// <summary>By the network's time.</summary>
    Network,

    /// <summary>By the length of the request.</summary>
    RequestBytes,

    /// <summary>By the length of the reply.</summary>
    ReplyBytes,
}
