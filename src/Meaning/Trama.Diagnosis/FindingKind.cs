namespace Trama.Diagnosis;

/// <summary>A finding's flavour, where it changes what to tell people.</summary>
public enum FindingKind : byte
{
    /// <summary>None in particular.</summary>
    Plain,

    /// <summary>Filtered: the server sent SYN-ACKs, which never arrived.</summary>
    ReturnPath,

    /// <summary>Filtered or rejected: on the server's host.</summary>
    Host,

    /// <summary>Rejected: by a router on the path.</summary>
    Router,

    /// <summary>Rejected: by a router at which its time to live was over; it goes round in circles.</summary>
    Loop,

    /// <summary>Reset: no reply, or not a byte of it, had come.</summary>
    NoReply,

    /// <summary>Reset: in the middle of a reply.</summary>
    MidReply,

    /// <summary>Reset: nothing was under way.</summary>
    Idle,

    /// <summary>Unread data: the rest of a request that was still being sent.</summary>
    Upload,

    /// <summary>Unread data: the end of a request that had arrived.</summary>
    Trailing,

    /// <summary>Slow client: it waits before the next request.</summary>
    Pauses,

    /// <summary>Slow client: it opens the connection and waits before the first request.</summary>
    Start,

    /// <summary>Slow client: its request comes in small pieces.</summary>
    Dribble,

    /// <summary>Loss: several segments, here and there.</summary>
    Several,

    /// <summary>Loss: one segment, or one burst.</summary>
    Single,

    /// <summary>Loss: the last segment of a message, which only a timer sends again.</summary>
    Tail,

    /// <summary>Rate limit: a queue grows, and delay with it.</summary>
    Shaper,

    /// <summary>Rate limit: the queue overflows.</summary>
    DropTail,

    /// <summary>Rate limit: what exceeds the rate is dropped at once.</summary>
    Policer,

    /// <summary>Message split: one long write.</summary>
    Large,

    /// <summary>Message split: two writes with time between them.</summary>
    Gap,

    /// <summary>Messages coalesced: by Nagle's algorithm.</summary>
    Nagle,

    /// <summary>Messages coalesced: written together.</summary>
    Joined,

    /// <summary>Idle timeout: a side answered what came after the silence with RST.</summary>
    Forgotten,

    /// <summary>Idle timeout: what came after the silence was swallowed.</summary>
    Swallowed,

    /// <summary>Idle close race: the client had acknowledged the close, and sent its request all the same.</summary>
    Stale,

    /// <summary>Slow server: it speaks first, and late.</summary>
    Greeting,

    /// <summary>Slow to open: the answer alone is late.</summary>
    LateAnswer,

    /// <summary>Refused or filtered: the data connection that an FTP server opens to its client.</summary>
    ActiveData,

    /// <summary>TLS handshake: from the client's hello to the server's.</summary>
    ServerHello,

    /// <summary>TLS handshake: up to the client's Finished.</summary>
    ClientFinished,

    /// <summary>TLS handshake: from the server's hello to its Finished.</summary>
    ServerFinished,

    /// <summary>Captured twice: on both sides of a device that rewrites addresses.</summary>
    Translated,

    /// <summary>Missed by the capture: a filter left out acknowledgements without data.</summary>
    Filtered,

    /// <summary>Scan: the ports of one host.</summary>
    Ports,

    /// <summary>Scan: one port of many hosts.</summary>
    Hosts,

    /// <summary>The vantage point saw consequences only: what is named is the likeliest cause.</summary>
    Indirect,
}
