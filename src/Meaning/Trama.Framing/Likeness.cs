namespace Trama.Framing;

/// <summary>Whether bytes are those of a protocol.</summary>
public enum Likeness : byte
{
    /// <summary>They are not.</summary>
    No,

    /// <summary>They are as far as they go; more would tell.</summary>
    Open,

    /// <summary>They are.</summary>
    Yes,
}
