namespace Trama.Replay.Recording;

/// <summary>What a capture holds of conversations.</summary>
/// <param name="Connections">Its connections, by their numbers; those without a word are among them.</param>
/// <param name="LeftOut">How many messages were left out, since all together were too large to be kept.</param>
public sealed record RecordedCapture(IReadOnlyList<RecordedConnection> Connections, long LeftOut);
