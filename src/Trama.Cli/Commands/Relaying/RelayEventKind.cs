namespace Trama.Cli.Commands.Relaying;

/// <summary>What happened to a connection of a relay.</summary>
internal enum RelayEventKind : byte
{
    /// <summary>A client has connected.</summary>
    Accepted,

    /// <summary>A target was reached.</summary>
    Connected,

    /// <summary>A target refused.</summary>
    Refused,

    /// <summary>A target did not answer.</summary>
    Unanswered,

    /// <summary>One side said something.</summary>
    Said,

    /// <summary>What one side said is not taken at once by the other one.</summary>
    Stalled,

    /// <summary>The other side has taken more of it.</summary>
    Resumed,

    /// <summary>One side closed its direction.</summary>
    Finished,

    /// <summary>One side reset the connection.</summary>
    Reset,

    /// <summary>The relay reset the connection on its own account.</summary>
    Broken,

    /// <summary>The connection is over.</summary>
    Closed,
}
