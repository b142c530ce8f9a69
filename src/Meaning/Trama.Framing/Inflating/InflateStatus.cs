namespace Trama.Framing.Inflating;

/// <summary>How far decompression came.</summary>
internal enum InflateStatus : byte
{
    /// <summary>All bytes at hand were taken, and more must follow.</summary>
    NeedMore,

    /// <summary>There is more to come of the bytes that were taken.</summary>
    MoreOutput,

    /// <summary>The data are over; what follows them was not taken.</summary>
    Done,

    /// <summary>The bytes are no such data.</summary>
    Malformed,
}
