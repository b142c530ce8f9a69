namespace Trama.Diagnosis;

/// <summary>A fact that excludes an explanation which was considered.</summary>
public enum Exclusion : byte
{
    /// <summary>An answer came, so nothing on the path drops the SYN.</summary>
    AnswerCame,

    /// <summary>The answer was RST, and no SYN was repeated until one was accepted.</summary>
    RefusedAtOnce,

    /// <summary>No RST came.</summary>
    NoAnswerCame,

    /// <summary>No ICMP error came.</summary>
    NoErrorCame,

    /// <summary>An ICMP error answered the SYN.</summary>
    ErrorCame,

    /// <summary>No RST of the server came.</summary>
    NotItsReset,

    /// <summary>Other connections to this port opened at the same time.</summary>
    OthersOpened,

    /// <summary>The connection opened in the end.</summary>
    OpenedInTheEnd,

    /// <summary>A SYN or SYN-ACK was sent again, which a long path alone does not cause.</summary>
    SynWasRepeated,

    /// <summary>The SYNs were answered, and nobody went on.</summary>
    AnswersWereIgnored,

    /// <summary>The client did not repeat its SYN.</summary>
    OneSyn,

    /// <summary>Nobody sent RST.</summary>
    NoReset,

    /// <summary>The client had not asked anything.</summary>
    NobodyAsked,

    /// <summary>The server sent FIN, and no RST before it.</summary>
    ClosedInOrder,

    /// <summary>The answer acknowledges other numbers than those of this SYN.</summary>
    OtherWasAcknowledged,

    /// <summary>The SYN-ACK came, and acknowledges the SYN without its data.</summary>
    SynWasTakenAlone,

    /// <summary>Its TTL and numbers fit the other packets of its sender.</summary>
    FitsItsSender,

    /// <summary>The silence before it was shorter than any idle limit in use.</summary>
    SilenceWasShort,

    /// <summary>Its TTL, timestamps or moment do not fit its alleged sender.</summary>
    DoesNotFitItsSender,

    /// <summary>The RST came right behind the reply, as a kernel sends it when bytes are unread.</summary>
    RightBehindTheReply,

    /// <summary>It came after a silence of a minute or more.</summary>
    SilenceWasLong,

    /// <summary>The request and the close do not acknowledge each other.</summary>
    NeitherKnew,

    /// <summary>Its sequence numbers continue another connection of the same host.</summary>
    NumbersContinue,

    /// <summary>A TLS alert before it says why.</summary>
    AlertSaysWhy,

    /// <summary>The request was acknowledged, so it arrived.</summary>
    RequestWasAcknowledged,

    /// <summary>Not even an acknowledgement came.</summary>
    NotEvenAcknowledged,

    /// <summary>The last window that it offered was open.</summary>
    WindowWasOpen,

    /// <summary>Only probes were sent, and no request.</summary>
    NothingWasAsked,

    /// <summary>No RST answered the probes.</summary>
    NoResetCame,

    /// <summary>Nothing was sent again meanwhile.</summary>
    NothingWasRepeated,

    /// <summary>The reply was complete, so it was the client's turn.</summary>
    ClientsTurn,

    /// <summary>TCP's own handshake, in which no program takes part, was quicker.</summary>
    HandshakeWasQuick,

    /// <summary>The handshake, in which no program takes part, took as long.</summary>
    HandshakeTookAsLong,

    /// <summary>The SYN was sent once.</summary>
    SynWasNotRepeated,

    /// <summary>The window had room.</summary>
    WindowWasNotFull,

    /// <summary>The rate is even, or delay grows before the losses.</summary>
    RateIsEven,

    /// <summary>Each flight ends at the window's edge.</summary>
    StopsAtTheWindow,

    /// <summary>The receiver itself offered a window of 0.</summary>
    WindowWasClosed,

    /// <summary>The second piece left at the moment the acknowledgement came.</summary>
    LeftWithTheAcknowledgement,

    /// <summary>What came was sent anew, after what was missing had been noticed.</summary>
    SentAnew,

    /// <summary>It had not arrived before.</summary>
    WasMissing,

    /// <summary>Identification, timestamp or moment tell that it was sent before those that it followed.</summary>
    SentBefore,

    /// <summary>Both are one packet: the same identification, timestamps and numbers.</summary>
    SamePacket,

    /// <summary>Smaller segments pass at the same time.</summary>
    SmallOnesPass,

    /// <summary>A router said what size passes.</summary>
    RouterSpoke,

    /// <summary>They lie beyond every window that was offered.</summary>
    BeyondEveryWindow,

    /// <summary>They arrived, with a wrong checksum.</summary>
    ChecksumIsWrong,

    /// <summary>Their receiver acknowledged them.</summary>
    WasAcknowledged,

    /// <summary>There are more answers than questions.</summary>
    MoreAnswersThanQuestions,

    /// <summary>One answer came for several questions.</summary>
    OneAnswerForSeveral,
}
