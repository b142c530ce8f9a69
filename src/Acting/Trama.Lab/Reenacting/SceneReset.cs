namespace Trama.Lab.Reenacting;

/// <summary>A RST that neither host sent: somebody on the path made it in the name of one.</summary>
/// <param name="ToServer">Whether the server gets it, in the client's name.</param>
/// <param name="ByClient">Whether a segment of the client calls it forth.</param>
/// <param name="Offset">The place of that side's stream that the segment carries, from 0.</param>
/// <param name="AfterNs">How long after that segment set out it arrives, in nanoseconds.</param>
/// <param name="Hops">By how many routers it seems to come from nearer (or, below zero, farther) than the host it names.</param>
public sealed record SceneReset(bool ToServer, bool ByClient, long Offset, long AfterNs, int Hops);
