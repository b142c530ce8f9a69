using Trama.Replay.Recording.Transfers;
using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>A request and what came of it. Either may be absent: a greeting answers nothing, a request may stay unanswered.</summary>
public sealed record RecordedExchange
{
    /// <summary>The number of the exchange in its connection, from 1, as <c>trama trace</c> counts.</summary>
    public required long Index { get; init; }

    /// <summary>The request; absent when a message answers none.</summary>
    public RecordedMessage? Request { get; init; }

    /// <summary>What was said of the request before its reply, in order.</summary>
    public IReadOnlyList<RecordedMessage> Interim { get; init; } = [];

    /// <summary>The reply; absent when none came.</summary>
    public RecordedMessage? Reply { get; init; }

    /// <summary>Who began it; absent when only a reply was seen.</summary>
    public Side? Initiator { get; init; }

    /// <summary>Whether a reply had to come; absent when the protocol does not say.</summary>
    public bool? ReplyDue { get; init; }

    /// <summary>How it ended, in its protocol's words, in UTF-8; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Status { get; init; }

    /// <summary>Whether the protocol calls that an error; absent when it does not say.</summary>
    public bool? Failed { get; init; }

    /// <summary>The server's own time, in nanoseconds; absent when unknown.</summary>
    public long? ServerNs { get; init; }

    /// <summary>From the first byte of the request to the last of the reply, in nanoseconds; absent without either.</summary>
    public long? TotalNs { get; init; }

    /// <summary>What it carried over a connection of its own; absent when nothing.</summary>
    public RecordedTransfer? Transfer { get; init; }

    /// <summary>Its messages, in order.</summary>
    public IEnumerable<RecordedMessage> Messages
    {
        get
        {
            if (Request is not null) yield return Request;
            foreach (RecordedMessage message in Interim) yield return message;
            if (Reply is not null) yield return Reply;
        }
    }
}
