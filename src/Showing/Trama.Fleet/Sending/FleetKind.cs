namespace Trama.Fleet.Sending;

/// <summary>What the rows of a message tell of. The name is a token of its subject.</summary>
public enum FleetKind : byte
{
    /// <summary>One end of a connection, under one of its keys.</summary>
    Tickets = 1,

    /// <summary>What was found.</summary>
    Findings = 2,

    /// <summary>Exchanges that were slow, failed, or taken as a sample.</summary>
    Exchanges = 3,

    /// <summary>Ten seconds of a service's operation.</summary>
    Sketches = 4,

    /// <summary>What is missing, since the spool was full.</summary>
    Gaps = 5,

    /// <summary>Two ends of a connection; made by a hub.</summary>
    Pairs = 6,

    /// <summary>What both ends together tell; made by a hub.</summary>
    Verdicts = 7,
}
