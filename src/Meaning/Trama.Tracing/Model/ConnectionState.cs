namespace Trama.Tracing;

/// <summary>What became of a connection, as far as the capture shows.</summary>
public enum ConnectionState : byte
{
    /// <summary>It was opened, and nothing has ended it.</summary>
    Open,

    /// <summary>Both sides sent FIN.</summary>
    Closed,

    /// <summary>A RST ended it.</summary>
    Reset,

    /// <summary>The first SYN was answered with RST (RFC 9293 section 3.10.7.1).</summary>
    Refused,

    /// <summary>A SYN without any answer.</summary>
    Unanswered,

    /// <summary>The capture begins after the handshake and ends before the close.</summary>
    Partial,
}
