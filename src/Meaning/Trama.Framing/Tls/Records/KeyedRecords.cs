using Trama.Framing.Tls.Ciphers;

namespace Trama.Framing.Tls.Records;

/// <summary>The records of one direction under one key, counted by their sequence numbers.</summary>
internal sealed class KeyedRecords(RecordCipher cipher, Tries tries) : IDisposable
{
    /// <summary>The sequence number that the next record has, unless records are missing.</summary>
    public ulong Next { get; private set; }

    /// <inheritdoc cref="RecordCipher.Overhead"/>
    public int Overhead => cipher.Overhead;

    /// <summary>Opens a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="slack">How many records may be missing before it.</param>
    /// <param name="plaintext">Room for as many bytes as the fragment has.</param>
    /// <param name="range">Where in <paramref name="plaintext"/> the content is.</param>
    public bool TryOpen(in TlsRecord record, int slack, Span<byte> plaintext, out Range range)
    {
        range = default;
        for (ulong sequence = Next; sequence <= Next + (uint)slack && !tries.AreSpent; sequence++)
        {
            if (cipher.TryOpen(record.Header, sequence, record.Fragment, plaintext, out range))
            {
                Next = sequence + 1;
                tries.Succeed();
                return true;
            }

            tries.Fail();
        }

        return false;
    }

    /// <summary>A record of these will not be opened.</summary>
    public void Pass(ReadOnlySpan<byte> fragment)
    {
        Next++;
        cipher.Pass(fragment);
    }

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();
}
