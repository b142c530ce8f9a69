namespace Trama.Diagnosis;

/// <summary>
/// What was found. Its name in kebab case, such as <c>packet-loss</c>, is the identifier in JSON and on the command line.
/// </summary>
public enum FindingId : byte
{
    /// <summary>Each SYN is answered with RST: nothing listens on the port.</summary>
    ConnectionRefused,

    /// <summary>SYNs get no answer at all, or their answers never arrive.</summary>
    ConnectionFiltered,

    /// <summary>A SYN is answered with an ICMP error.</summary>
    ConnectionRejectedByIcmp,

    /// <summary>The server listens and does not accept.</summary>
    BacklogOverflow,

    /// <summary>The connection opened only after a SYN or SYN-ACK was sent again.</summary>
    SlowToOpen,

    /// <summary>The server's SYN-ACK is repeated, and nobody acknowledges it.</summary>
    HalfOpen,

    /// <summary>The connection is accepted and closed before either side said a byte.</summary>
    ClosedWithoutGreeting,

    /// <summary>A SYN meets a connection that the server still has on the same addresses and ports.</summary>
    ConnectionCollision,

    /// <summary>Data that came with the SYN was not taken.</summary>
    FastOpenRefused,

    /// <summary>Many SYNs whose SYN-ACKs nobody acknowledges.</summary>
    SynFlood,

    /// <summary>A client knocks at many ports or hosts, and says nothing.</summary>
    PortScan,

    /// <summary>A client opens connection after connection, and each fails in the same way.</summary>
    RetryStorm,

    /// <summary>Connections to several hosts stood still at one time.</summary>
    PathOutage,

    /// <summary>Successive connections on the same addresses and ports.</summary>
    EphemeralPortReuse,

    /// <summary>The server's host sent RST.</summary>
    ResetByServer,

    /// <summary>The client's host sent RST.</summary>
    ResetByClient,

    /// <summary>A device on the path forged RST.</summary>
    MiddleboxReset,

    /// <summary>A side closed while bytes for it were unread, so its kernel sent RST.</summary>
    ResetOnUnreadData,

    /// <summary>The connection was silent for so long that somebody gave it up.</summary>
    IdleTimeout,

    /// <summary>A request crossed the server's close of the idle connection.</summary>
    IdleCloseRace,

    /// <summary>A connection went on from another port: its translation was forgotten.</summary>
    TranslationLost,

    /// <summary>A side ended TLS with an alert.</summary>
    TlsAlert,

    /// <summary>The server closed in order without a reply.</summary>
    ClosedWithoutReply,

    /// <summary>The request was acknowledged; the reply never came.</summary>
    NoReply,

    /// <summary>From one moment on nothing came from the other side.</summary>
    PeerVanished,

    /// <summary>Keep-alive probes stayed unanswered.</summary>
    KeepaliveFailure,

    /// <summary>One side ended its direction and received on.</summary>
    HalfClose,

    /// <summary>Both sides sent FIN before they saw the other's.</summary>
    SimultaneousClose,

    /// <summary>A side takes long over its part of the TLS handshake.</summary>
    TlsHandshakeSlow,

    /// <summary>Replies that the protocol calls errors.</summary>
    ErrorReplies,

    /// <summary>The server's program takes long to reply.</summary>
    SlowServer,

    /// <summary>The client's program pauses.</summary>
    SlowClient,

    /// <summary>The path's delay dominates.</summary>
    SlowNetwork,

    /// <summary>A bottleneck limits the rate.</summary>
    RateLimited,

    /// <summary>The receiver's window, over the round trip, limits the rate.</summary>
    WindowLimited,

    /// <summary>The sender's own window limits the rate.</summary>
    SenderLimited,

    /// <summary>A receiver stopped reading.</summary>
    ZeroWindow,

    /// <summary>Small writes wait for delayed acknowledgements.</summary>
    NagleDelayedAck,

    /// <summary>The congestion window was lost while idle.</summary>
    SlowStartAfterIdle,

    /// <summary>Segments were lost and sent again.</summary>
    PacketLoss,

    /// <summary>Segments overtook each other.</summary>
    Reordering,

    /// <summary>Packets arrived twice that were sent once.</summary>
    Duplication,

    /// <summary>Segments were sent again although they had arrived.</summary>
    SpuriousRetransmission,

    /// <summary>Full-size segments die, small ones live.</summary>
    MtuBlackHole,

    /// <summary>A router said that segments are too large, and they were sent again as large.</summary>
    MtuIgnored,

    /// <summary>Segments went beyond the window that was offered.</summary>
    WindowExceeded,

    /// <summary>Segments arrived with a wrong checksum.</summary>
    CorruptedChecksum,

    /// <summary>The capture has each packet twice.</summary>
    DuplicatedCapture,

    /// <summary>The capture has one direction only.</summary>
    OneWayCapture,

    /// <summary>The capture itself missed packets.</summary>
    CaptureLoss,

    /// <summary>The server took one part of a message for all of it.</summary>
    MessageSplit,

    /// <summary>The server took several messages for one.</summary>
    MessagesCoalesced,

    /// <summary>Bytes changed meaning on the way: text that stopped being text.</summary>
    GarbledText,
}
