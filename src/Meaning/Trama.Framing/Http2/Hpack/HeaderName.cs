namespace Trama.Framing.Http2.Hpack;

/// <summary>The names of header fields whose values are of use; of all others, not even the text is kept.</summary>
internal enum HeaderName : byte
{
    /// <summary>Any other name.</summary>
    Other,

    /// <summary>A name that lies in bytes nobody saw.</summary>
    Unknown,

    /// <summary><c>:method</c>.</summary>
    Method,

    /// <summary><c>:path</c>.</summary>
    Path,

    /// <summary><c>:authority</c>.</summary>
    Authority,

    /// <summary><c>:status</c>.</summary>
    Status,

    /// <summary><c>content-type</c>.</summary>
    ContentType,

    /// <summary><c>content-encoding</c>.</summary>
    ContentEncoding,

    /// <summary><c>grpc-status</c>.</summary>
    GrpcStatus,

    /// <summary><c>grpc-encoding</c>.</summary>
    GrpcEncoding,

    /// <summary><c>traceparent</c>.</summary>
    TraceParent,
}
