using Trama.Framing;

namespace Trama.Replay.Adapting;

/// <summary>A message that the other side of a live connection said.</summary>
internal sealed class LiveMessage
{
    /// <summary>Its bytes.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The name of its protocol; absent when it is none that has a name.</summary>
    public string? Protocol { get; init; }

    /// <summary>Of a request: what it asks for, in UTF-8; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Operation { get; init; }

    /// <summary>Of a request: its operation without what differs from one of a kind to the next; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Group { get; init; }

    /// <summary>Of a reply: how it ended; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Status { get; init; }

    /// <summary>Of a reply: whether the protocol calls it an error; absent when unknown.</summary>
    public bool? Failed { get; init; }

    /// <summary>What pairs a reply with its request, whatever their order; absent where the order does.</summary>
    public long? Key { get; init; }

    /// <summary>What its protocol says of its place in an exchange.</summary>
    public MessageTraits Traits { get; init; }

    /// <summary>Of a request: whether a reply has to come; absent when the protocol does not say.</summary>
    public bool? ReplyDue { get; init; }

    /// <summary>When it was whole, as a timestamp of the <see cref="Occasion"/>'s clock.</summary>
    public long HeardAt { get; init; }

    /// <summary>When its first byte came.</summary>
    public long BeganAt { get; init; }
}
