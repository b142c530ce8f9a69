namespace Trama.Lab.Reenacting;

/// <summary>A segment that the path does not deliver, and says so by ICMP to its sender (RFC 792).</summary>
/// <param name="ToServer">Whether the client sent the segment.</param>
/// <param name="Offset">The place of its stream that it carries, from 0; <see cref="SceneFate.Syn"/> for the SYN.</param>
/// <param name="Times">How many transmissions of it, from the first.</param>
/// <param name="AfterNs">How long after the segment set out its sender hears of it, in nanoseconds.</param>
/// <param name="Code">Why, as destination unreachable messages say it.</param>
/// <param name="Mtu">The largest packet that would have passed, in bytes; 0 where it is about something else.</param>
public sealed record SceneError(bool ToServer, long Offset, int Times, long AfterNs, int Code, int Mtu);
