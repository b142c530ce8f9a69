using Trama.Packets.Transport;

namespace Trama.Run;

/// <summary>
/// What the real path of a connection was like, by the kernel's own count: the segments that are shown passed between the command and
/// the gateway alone.
/// </summary>
/// <param name="Client">The command's end.</param>
/// <param name="Server">Where it connected to.</param>
/// <param name="RoundTrip">The smoothed round-trip time.</param>
/// <param name="Retransmitted">How many segments were sent once more.</param>
public readonly record struct PathNote(Endpoint Client, Endpoint Server, TimeSpan RoundTrip, long Retransmitted);
