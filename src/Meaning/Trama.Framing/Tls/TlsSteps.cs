namespace Trama.Framing.Tls;

/// <summary>How far a handshake has come; whoever knows the time asks after each packet.</summary>
[Flags]
public enum TlsSteps : byte
{
    /// <summary>It has not begun.</summary>
    None = 0,

    /// <summary>The client said hello.</summary>
    ClientHello = 1,

    /// <summary>The server chose; a request for another hello does not count.</summary>
    ServerHello = 2,

    /// <summary>The client switched to the keys agreed on: its last flight, or that of its Finished.</summary>
    ClientKeys = 4,

    /// <summary>The server did.</summary>
    ServerKeys = 8,
}
