using Trama.Replay.Recording;

namespace Trama.Replay.Serving;

/// <summary>What the recorded server said because of what its client had said.</summary>
/// <param name="Message">The message.</param>
/// <param name="AskedThen">The request that it replies to; null when it replies to none.</param>
/// <param name="DelayNs">How long after the client's message it was said.</param>
internal readonly record struct Consequence(RecordedMessage Message, RecordedMessage? AskedThen, long DelayNs);
