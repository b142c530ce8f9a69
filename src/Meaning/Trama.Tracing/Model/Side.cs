namespace Trama.Tracing;

/// <summary>One of the two ends of a connection.</summary>
public enum Side : byte
{
    /// <summary>
    /// The side that opened: it sent the SYN; when no SYN was seen, the other one has the port of a
    /// service that is known, or it has the ephemeral port, else it was the first to speak.
    /// </summary>
    Client,

    /// <summary>The other side.</summary>
    Server,
}
