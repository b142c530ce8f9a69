using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>Addresses that messages of DNS over TCP carry, of which also the numbers within names that say one backwards.</summary>
internal static class DnsFields
{
    private const int Header = 12, LongestNumber = 3;

    /// <summary>Notes them: each message has its length in front (RFC 1035 section 4.2.2).</summary>
    public static void Read(MessageFields message)
    {
        for (int at = 0; message.Bytes.Length - at > 2 + Header;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(message.Bytes[at..]);
            if (length > Header) ReadRecords(message.Part(at + 2, length));
            at += 2 + length;
        }
    }

    private static void ReadRecords(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        int questions = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), next = Header;
        for (int record = 0; next < bytes.Length; record++)
        {
            if (!TryName(message, ref next)) return;
            if (record < questions)
            {
                next += 4;
                continue;
            }

            if (next + 10 > bytes.Length) return;
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes[next..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(next + 8)..]);
            next += 10;
            DnsRecordFields.Read(message, type, next, length);
            next += length;
        }
    }

    /// <summary>Notes the numbers of a name: labels with their lengths, to an empty one or to what is said elsewhere (RFC 1035 section
    /// 4.1.4).</summary>
    /// <param name="message">The message.</param>
    /// <param name="next">Where the name begins; afterwards where it ends.</param>
    /// <returns>False when the message ends within it.</returns>
    public static bool TryName(MessageFields message, ref int next)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        while (next < bytes.Length)
        {
            int length = bytes[next++];
            if (length == 0) return true;
            if (length >= 0xc0)
            {
                next++;
                return true;
            }

            if (next + length > bytes.Length) return false;
            ReadOnlySpan<byte> label = bytes.Slice(next, length);
            if (length == 1 || length <= LongestNumber && !label.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                message.Digits(next, length);
            next += length;
        }

        return false;
    }
}
