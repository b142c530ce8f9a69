namespace Trama.Packets.Transport;

/// <summary>
/// A TCP sequence number: a position in a stream modulo 2^32 (RFC 9293 section 3.4). Order and distance are those of the
/// shorter way around, so they hold for positions less than 2^31 apart.
/// </summary>
public readonly record struct SequenceNumber(uint Value)
{
    /// <summary>The signed number of bytes from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static int operator -(SequenceNumber left, SequenceNumber right) => unchecked((int)(left.Value - right.Value));

    /// <summary>The position <paramref name="bytes"/> further on.</summary>
    public static SequenceNumber operator +(SequenceNumber position, int bytes) => new(unchecked(position.Value + (uint)bytes));

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(SequenceNumber left, SequenceNumber right) => left - right < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(SequenceNumber left, SequenceNumber right) => left - right > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(SequenceNumber left, SequenceNumber right) => left - right <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left - right >= 0;
}
