namespace Trama.Packets;

/// <summary>What became of an attempt to view bytes as a header.</summary>
public enum ParseStatus : byte
{
    /// <summary>The whole header is there and its lengths agree.</summary>
    Complete,

    /// <summary>The capture ends before the header does.</summary>
    Truncated,

    /// <summary>The bytes contradict themselves: a version or a length that cannot be.</summary>
    Malformed,
}
