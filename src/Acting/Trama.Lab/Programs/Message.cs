namespace Trama.Lab.Programs;

/// <summary>A message as its writer wrote it and its reader read it. Times are nanoseconds since the epoch.</summary>
internal sealed class Message
{
    /// <summary>Where it starts in its stream.</summary>
    public required long Offset { get; init; }

    /// <summary>Its length with framing, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>The request that it answers, from 1; null when it answers none, or is a request itself.</summary>
    public int? Answers { get; init; }

    /// <summary>Just before each write of it.</summary>
    public List<long> Writes { get; } = [];

    /// <summary>After the last write returned; null when it did not.</summary>
    public long? WriteEnd { get; set; }

    /// <summary>How many bytes the kernel took.</summary>
    public int Written { get; set; }
}
