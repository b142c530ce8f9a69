namespace Trama.Framing.Tls.Ciphers;

/// <summary>Opens the records of one direction that are protected with one key.</summary>
internal abstract class RecordCipher : IDisposable
{
    /// <summary>How many bytes more than its plaintext a fragment has at least.</summary>
    public abstract int Overhead { get; }

    /// <summary>Opens a record, if it is authentic.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="fragment">What follows the header.</param>
    /// <param name="plaintext">Room for as many bytes as the fragment has.</param>
    /// <param name="range">Where in <paramref name="plaintext"/> the content is.</param>
    /// <returns>Whether key and sequence number are those of the record.</returns>
    public abstract bool TryOpen(in RecordHeader header, ulong sequence, ReadOnlySpan<byte> fragment, Span<byte> plaintext,
        out Range range);

    /// <summary>Notes a record that was opened, or will not be: a chain may go on with its end.</summary>
    public virtual void Pass(ReadOnlySpan<byte> fragment)
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
