using Trama.Framing;
using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>One message of a recorded connection, decrypted where the capture's keys allow it.</summary>
public sealed record RecordedMessage
{
    /// <summary>Who sent it.</summary>
    public required Side From { get; init; }

    /// <summary>When its first byte was seen, in nanoseconds since the connection was first seen.</summary>
    public required long AtNs { get; init; }

    /// <summary>When its last byte was seen, in nanoseconds since the connection was first seen.</summary>
    public required long EndNs { get; init; }

    /// <summary>Its bytes, up to the first one that the capture lacks; of one that was left out for its size, none.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>How many bytes it had, those that the capture lacks included.</summary>
    public required long Length { get; init; }

    /// <summary>Whether <see cref="Bytes"/> has all of it.</summary>
    public bool IsWhole => Bytes.Length == Length;

    /// <summary>Its number among the bytes of its side, by which messages of one side are in order.</summary>
    public required long Offset { get; init; }

    /// <summary>The name of its protocol, such as <c>http1</c>; absent when it is none that has a name.</summary>
    public string? Protocol { get; init; }

    /// <summary>The stream of its protocol that carried it (HTTP/2); absent where a connection has but one.</summary>
    public long? Stream { get; init; }

    /// <summary>Of a request: what it asks for, in its protocol's words, in UTF-8; empty when unknown. It may hold any byte that a peer
    /// sent.</summary>
    public ReadOnlyMemory<byte> Operation { get; init; }

    /// <summary>Of a request: its operation without what differs from one of a kind to the next; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Group { get; init; }

    /// <summary>Of a reply: how it ended, in its protocol's words; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Status { get; init; }

    /// <summary>Of a reply: whether the protocol calls it an error; absent when unknown.</summary>
    public bool? Failed { get; init; }

    /// <summary>What its protocol says of its place in an exchange.</summary>
    public MessageTraits Traits { get; init; }

    /// <summary>Whether it ended where its protocol says; else the stream or the capture ended within it.</summary>
    public bool IsComplete { get; init; }
}
