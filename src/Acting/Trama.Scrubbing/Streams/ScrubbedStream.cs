using Trama.Packets.Transport;

namespace Trama.Scrubbing.Streams;

/// <summary>What one side said, before and after.</summary>
internal sealed class ScrubbedStream(uint initialSequence, byte[] original, byte[] scrubbed)
{
    /// <summary>Puts what stands for a segment's payload in its place.</summary>
    /// <param name="sequence">The sequence number of its first byte.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>False, with nothing changed, where the stream says something else there, as a contradicted copy does.</returns>
    public bool TryReplace(SequenceNumber sequence, Span<byte> payload)
    {
        int at = (int)(sequence.Value - initialSequence) - 1;
        if (at < 0 || at > original.Length - payload.Length) return false;
        if (!original.AsSpan(at, payload.Length).SequenceEqual(payload)) return false;
        scrubbed.AsSpan(at, payload.Length).CopyTo(payload);
        return true;
    }

    /// <summary>What a segment carries that the capture cut, before and after; empty where that is not known.</summary>
    /// <param name="sequence">The sequence number of its first byte.</param>
    /// <param name="captured">How many bytes the capture has.</param>
    /// <param name="length">How many the wire had.</param>
    /// <param name="scrubbedRest">After.</param>
    public ReadOnlySpan<byte> Rest(SequenceNumber sequence, int captured, int length, out ReadOnlySpan<byte> scrubbedRest)
    {
        int at = (int)(sequence.Value - initialSequence) - 1;
        scrubbedRest = default;
        if (at < 0 || at > original.Length - length) return default;
        scrubbedRest = scrubbed.AsSpan(at + captured, length - captured);
        return original.AsSpan(at + captured, length - captured);
    }
}
