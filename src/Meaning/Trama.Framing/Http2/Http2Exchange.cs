using Trama.Framing.Bodies;
using Trama.Framing.Grpc;

namespace Trama.Framing.Http2;

/// <summary>A stream of HTTP/2 in the RFC's sense: a request and its reply, as far as both have come.</summary>
/// <param name="stream">Its identifier, which pairs the two.</param>
internal sealed class Http2Exchange(uint stream)
{
    /// <summary>One of the two messages.</summary>
    public struct Half
    {
        /// <summary>Whether its header fields have come, or were missed.</summary>
        public bool HasBegun;

        /// <summary>Whether it is complete.</summary>
        public bool IsOver;

        /// <summary>Whether some of its fields are unknown.</summary>
        public bool HasUnknown;

        /// <summary>Its messages, where it is one of gRPC.</summary>
        public GrpcMessages Messages;

        /// <summary>What is known of its body, where bodies are read.</summary>
        public BodyFields? Body;
    }

    /// <summary>Its identifier.</summary>
    public uint Stream { get; } = stream;

    /// <summary>What the client says.</summary>
    public Half Request;

    /// <summary>What the server says.</summary>
    public Half Reply;

    /// <summary>Whether it is a call of gRPC.</summary>
    public bool IsGrpc { get; set; }

    /// <summary>Whether the request came before HTTP/2, as one of HTTP/1.1 that asked for the upgrade: order pairs it with its
    /// reply.</summary>
    public bool IsUpgraded { get; init; }

    /// <summary>What the request asks for: method and target; empty when unknown.</summary>
    public byte[] Operation { get; set; } = [];

    /// <summary>The header traceparent of the request; empty when it has none.</summary>
    public byte[] TraceParent { get; set; } = [];

    /// <summary>The status of the reply; 0 when unknown.</summary>
    public int Status { get; set; }

    /// <summary>The status of the call; absent when unknown.</summary>
    public int? GrpcStatus { get; set; }

    /// <summary>Why the stream was reset; <see cref="ErrorCode.NoError"/> when it was not, or for no error.</summary>
    public uint Error { get; set; }

    /// <summary>Whether fields that cannot be read may say how it ended.</summary>
    public bool IsOutcomeUnknown { get; set; }

    /// <summary>How often bytes had been missing when it was opened.</summary>
    public int LossesBefore { get; init; }

    /// <summary>The exchange that was opened before it, of those that are open.</summary>
    internal Http2Exchange? Older { get; set; }

    /// <summary>The exchange that was opened after it.</summary>
    internal Http2Exchange? Newer { get; set; }
}
