namespace Trama.Framing.Http2;

/// <summary>The types of frames of HTTP/2 (RFC 9113 section 6), and those of its extensions that are met.</summary>
internal enum FrameType : byte
{
    /// <summary>A piece of a body.</summary>
    Data = 0,

    /// <summary>The beginning of a request or reply, or its trailers.</summary>
    Headers = 1,

    /// <summary>What depends on what; out of use.</summary>
    Priority = 2,

    /// <summary>The end of a stream before its time.</summary>
    ResetStream = 3,

    /// <summary>What a side can take.</summary>
    Settings = 4,

    /// <summary>A request that the server makes in the client's place.</summary>
    PushPromise = 5,

    /// <summary>A sign of life.</summary>
    Ping = 6,

    /// <summary>No new streams.</summary>
    GoAway = 7,

    /// <summary>Room for more.</summary>
    WindowUpdate = 8,

    /// <summary>What goes on with a block of header fields.</summary>
    Continuation = 9,

    /// <summary>Another place for a service (RFC 7838).</summary>
    AlternativeService = 10,

    /// <summary>What a connection may be used for (RFC 8336).</summary>
    Origin = 12,

    /// <summary>A stream's urgency (RFC 9218).</summary>
    PriorityUpdate = 16,
}
