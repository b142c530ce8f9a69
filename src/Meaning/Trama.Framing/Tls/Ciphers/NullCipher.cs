namespace Trama.Framing.Tls.Ciphers;

/// <summary>Reads records that are not encrypted and have a MAC (RFC 5246 section 6.2.3.1).</summary>
internal sealed class NullCipher(RecordMac mac) : RecordCipher
{
    /// <inheritdoc/>
    public override int Overhead => mac.Length;

    /// <inheritdoc/>
    public override bool TryOpen(in RecordHeader header, ulong sequence, ReadOnlySpan<byte> fragment, Span<byte> plaintext, out Range range)
    {
        int length = fragment.Length - mac.Length;
        range = ..Math.Max(length, 0);
        if (length < 0 || !mac.Fits(header, sequence, fragment[..length], fragment[length..])) return false;
        fragment[..length].CopyTo(plaintext);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => mac.Dispose();
}
