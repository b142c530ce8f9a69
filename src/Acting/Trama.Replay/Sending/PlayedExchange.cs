using Trama.Replay.Recording;

namespace Trama.Replay.Sending;

/// <summary>A recorded exchange that was had again with another server.</summary>
public sealed record PlayedExchange
{
    /// <summary>As it was recorded.</summary>
    public required RecordedExchange Recorded { get; init; }

    /// <summary>The number of the recorded connection.</summary>
    public required long Connection { get; init; }

    /// <summary>Whether a reply came now.</summary>
    public bool HasReply { get; init; }

    /// <summary>How it ended now, in its protocol's words, in UTF-8; empty when unknown. It may hold any byte that a peer sent.</summary>
    public ReadOnlyMemory<byte> Status { get; init; }

    /// <summary>Whether the protocol calls that an error; absent when it does not say.</summary>
    public bool? Failed { get; init; }

    /// <summary>The bytes of the reply.</summary>
    public ReadOnlyMemory<byte> Reply { get; init; }

    /// <summary>What the reply said then, without what differs between two replies that say the same.</summary>
    public ReadOnlyMemory<byte> ContentThen { get; init; }

    /// <summary>What the reply says now.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>From the request's last byte to the reply's first one, in nanoseconds; absent without a reply.</summary>
    public long? ServerNs { get; init; }

    /// <summary>Whether it ended as it did.</summary>
    public bool IsSameOutcome => HasReply == Recorded.Reply is not null && Failed == Recorded.Failed
        && Status.Span.SequenceEqual(Recorded.Status.Span);

    /// <summary>Whether it said what it did; of a recorded reply that is not whole, as far as that goes.</summary>
    public bool IsSameContent => Recorded.Reply is not { IsWhole: false } ? ContentThen.Span.SequenceEqual(Content.Span)
        : Content.Span.StartsWith(ContentThen.Span);
}
