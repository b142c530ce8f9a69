using Trama.Replay.Recording;

namespace Trama.Replay.Adapting;

/// <summary>A recorded message about to be said again.</summary>
/// <param name="Message">The message.</param>
/// <param name="Bytes">Its bytes, with filler for those that the capture lacks.</param>
/// <param name="AskedThen">What it answered when it was recorded; null when it answered nothing.</param>
/// <param name="Asked">What it answers now; null when nothing.</param>
/// <param name="Occasion">Where it is said.</param>
internal readonly record struct Saying(
    RecordedMessage Message, ReadOnlyMemory<byte> Bytes, RecordedMessage? AskedThen, LiveMessage? Asked, Occasion Occasion);
