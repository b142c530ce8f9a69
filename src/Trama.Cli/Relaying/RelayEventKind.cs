namespace Trama.Cli.Relaying;

/// <summary>What happened to a connection of a relay.</summary>
internal enum RelayEventKind : byte
{
    /// <summary>A client has connected.</summary>
    Accepted,

    /// <summary>A target was reached.</summary>
    Connected,

    /// <summary>A target refused.</summary>
    Refused,

    /// <summary>One side said something.</summary>
    Said,

    /// <summary>One side closed its direction.</summary>
    Finished,

    /// <summary>One side, or the relay in its place, reset the connection.</summary>
    Reset,

    /// <summary>The connection is over.</summary>
    Closed,
}
