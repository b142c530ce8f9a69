namespace Trama.Framing;

/// <summary>Which bytes of a stream carried a piece of a layer: those from <paramref name="Start"/> up to <paramref name="End"/>. Pieces of
/// one TLS record have the same origin, the record.</summary>
/// <param name="Start">The offset of the first byte, from 0 at the beginning of the stream: the wire's, unless said otherwise.</param>
/// <param name="End">The offset after the last one.</param>
public readonly record struct Origin(long Start, long End)
{
    /// <summary>From the beginning of this one to the end of another.</summary>
    public Origin To(Origin last) => new(Start, last.End);
}
