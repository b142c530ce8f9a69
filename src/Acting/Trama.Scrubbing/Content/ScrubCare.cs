namespace Trama.Scrubbing.Content;

/// <summary>
/// How much of a binary protocol is left for what may be its structure. A connection begins with none; where its exchanges come out
/// differently, it is scrubbed again with more.
/// </summary>
public enum ScrubCare : byte
{
    /// <summary>Nothing beyond what is known to be structure.</summary>
    None,

    /// <summary>The first and last letter of a text beside bytes that are none: they may be lengths and types.</summary>
    Edges,
}
