namespace Trama.Run.Gateway;

/// <summary>How the far side, or the path to it, declined.</summary>
internal enum Refusal
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>By a reset.</summary>
    Reset,

    /// <summary>No route to its network.</summary>
    NetworkUnreachable,

    /// <summary>No way to the host.</summary>
    HostUnreachable,

    /// <summary>A packet filter forbids it.</summary>
    Prohibited,

    /// <summary>Nothing came back.</summary>
    Silence,
}
