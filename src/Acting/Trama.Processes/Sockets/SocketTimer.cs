namespace Trama.Processes.Sockets;

/// <summary>What a socket waits for.</summary>
public enum SocketTimer : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To send again what was not acknowledged.</summary>
    Retransmission,

    /// <summary>To ask whether the peer is still there.</summary>
    Keepalive,

    /// <summary>The end of TIME-WAIT.</summary>
    TimeWait,

    /// <summary>To ask a peer with a closed window whether it takes bytes again.</summary>
    WindowProbe,
}
