namespace Trama.Packets.Link;

/// <summary>Where the fields of a PPPoE header are, RFC 2516 section 4.</summary>
public static class PppoeHeader
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 6;

    /// <summary>Where version and type are, of four bits each.</summary>
    public const int VersionAndTypeAt = 0;

    /// <summary>Where the code is: 0 in a session.</summary>
    public const int CodeAt = 1;

    /// <summary>Where the number of the session is.</summary>
    public const int SessionAt = 2;

    /// <summary>Where the length of what follows is.</summary>
    public const int PayloadLengthAt = 4;
}
