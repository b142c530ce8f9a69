using Trama.Tracing;

namespace Trama.Scrubbing.Checking;

/// <summary>A message's size, and when it was seen, in nanoseconds since the epoch; all zero for none.</summary>
internal readonly record struct MessageShape(long Bytes, long FirstAt, long LastAt)
{
    /// <summary>That of a message.</summary>
    public static MessageShape Of(Message? message) =>
        message is null ? default : new(message.Bytes, message.FirstAt.Nanoseconds, message.LastAt.Nanoseconds);
}
