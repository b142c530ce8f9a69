using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Scrubs the records of TLS (RFC 8446, RFC 5246) of one direction: what is encrypted becomes filler of the same lengths; handshake
/// messages in clear keep versions, suites and lengths, and lose names, keys, numbers that happen once and certificates.
/// </summary>
internal sealed class TlsScrubber(ScrubKey key, HandshakeScrubber handshake)
{
    private const int HeaderLength = 5, MostFragment = (1 << 14) + 2048;
    private const byte ChangeCipherSpec = 20, Alert = 21, Handshake = 22, Heartbeat = 24;

    /// <summary>Where records begin that go on to the end of a stream, or its last one is cut; -1 for nowhere.</summary>
    public static int Find(ReadOnlySpan<byte> stream)
    {
        for (int at = 0; at + HeaderLength <= stream.Length; at++)
        {
            int next = stream[at..].IndexOfAnyInRange(ChangeCipherSpec, Heartbeat);
            if (next < 0) return -1;
            at += next;
            if (IsChain(stream[at..])) return at;
        }

        return -1;
    }

    /// <summary>Scrubs records.</summary>
    public void Scrub(Span<byte> stream)
    {
        var clear = new Ranges();
        bool isSealed = false;
        for (int at = 0; at < stream.Length;)
        {
            if (!TryHeader(stream[at..], out int length))
            {
                // Bytes are missing before, or it is no record any more.
                int next = Find(stream[at..]);
                key.Replace(next < 0 ? stream[at..] : stream.Slice(at, next));
                if (next < 0) break;
                at += next;
                continue;
            }

            byte type = stream[at];
            int from = at + HeaderLength;
            length = Math.Min(length, stream.Length - from);
            Span<byte> fragment = stream.Slice(from, length);
            if (type == ChangeCipherSpec) isSealed = true;
            else if (type == Handshake && (isSealed ? HandshakeScrubber.IsHello(fragment)
                : clear.Length > 0 || HandshakeScrubber.IsMessage(fragment))) clear.Add(from, length);
            else if (type != Alert || length != 2) key.Replace(fragment);
            at = from + length;
        }

        if (clear.Length > 0) clear.Change(stream, handshake.Scrub);
    }

    private static bool IsChain(ReadOnlySpan<byte> bytes)
    {
        int records = 0;
        while (records < 4)
        {
            if (!TryHeader(bytes, out int length)) return records > 0 && bytes.Length < HeaderLength;
            records++;
            if (bytes.Length <= HeaderLength + length) return true;
            bytes = bytes[(HeaderLength + length)..];
        }

        return true;
    }

    private static bool TryHeader(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderLength || bytes[0] is < ChangeCipherSpec or > Heartbeat || bytes[1] != 3 || bytes[2] > 4) return false;
        length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        return length is > 0 and <= MostFragment;
    }
}
