using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Addresses that binary protocols carry as four or sixteen bytes: those of the PROXY protocol, of SOCKS and of DNS, of which also the
/// numbers within names that say an address backwards. They are noted before a stream is scrubbed and written afterwards.
/// </summary>
internal sealed class BinaryAddresses(AddressMap addresses, WordMap words)
{
    private const int DnsHeader = 12, LongestNumber = 3;
    private const int ProxyAddressesAt = 16;
    private const ushort A = 1, Aaaa = 28;

    private readonly List<(int At, byte[] Bytes)> _noted = [];

    private static ReadOnlySpan<byte> ProxySignature => [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

    /// <summary>Notes those of a message.</summary>
    /// <param name="message">The message, as it was.</param>
    /// <param name="at">Where it is in its stream.</param>
    /// <param name="protocol">Its protocol.</param>
    public void Note(ReadOnlySpan<byte> message, int at, string? protocol)
    {
        if (protocol == "proxy" && message.StartsWith(ProxySignature) && message.Length > ProxyAddressesAt)
        {
            // The family, in four bits: IPv4, IPv6 (PROXY protocol, section 2.2).
            int size = (message[13] >> 4) switch { 1 => 4, 2 => 16, _ => 0 };
            NoteAddress(message, ProxyAddressesAt, size, at);
            NoteAddress(message, ProxyAddressesAt + size, size, at);
        }
        else if (protocol == "socks" && message is [4, _, _, _, ..]) NoteAddress(message, 4, 4, at);
        // What kind of address it is of, in a request and its reply alike (RFC 1928 section 5).
        else if (protocol == "socks" && message is [5, _, 0, var kind, ..])
            NoteAddress(message, 4, kind switch { 1 => 4, 4 => 16, _ => 0 }, at);
        else if (protocol == "dns") NoteDns(message, at);
    }

    /// <summary>Writes what stands for them.</summary>
    public void Write(Span<byte> stream)
    {
        foreach ((int at, byte[] bytes) in _noted) bytes.CopyTo(stream[at..]);
        _noted.Clear();
    }

    private void NoteAddress(ReadOnlySpan<byte> message, int from, int size, int at)
    {
        if (size == 0 || from + size > message.Length) return;
        byte[] address = message.Slice(from, size).ToArray();
        addresses.Map(address);
        _noted.Add((at + from, address));
    }

    // Each message has its length in front (RFC 1035 section 4.2.2).
    private void NoteDns(ReadOnlySpan<byte> messages, int at)
    {
        while (messages.Length > 2 + DnsHeader)
        {
            int length = Math.Min(2 + BinaryPrimitives.ReadUInt16BigEndian(messages), messages.Length);
            if (length > 2 + DnsHeader) NoteRecords(messages[2..length], at + 2);
            messages = messages[length..];
            at += length;
        }
    }

    private void NoteRecords(ReadOnlySpan<byte> message, int at)
    {
        int questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]), next = DnsHeader;
        for (int record = 0; next < message.Length; record++)
        {
            if (!TryName(message, ref next, at)) return;
            if (record < questions)
            {
                next += 4;
                continue;
            }

            if (next + 10 > message.Length) return;
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(message[next..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(message[(next + 8)..]);
            next += 10;
            if ((type, length) is (A, 4) or (Aaaa, 16)) NoteAddress(message, next, length, at);
            next += length;
        }
    }

    // Labels with their lengths, to an empty one or to what is said elsewhere (RFC 1035 section 4.1.4).
    private bool TryName(ReadOnlySpan<byte> message, ref int next, int at)
    {
        while (next < message.Length)
        {
            int length = message[next++];
            if (length == 0) return true;
            if (length >= 0xc0)
            {
                next++;
                return true;
            }

            if (next + length > message.Length) return false;
            ReadOnlySpan<byte> label = message.Slice(next, length);
            if (length == 1 || length <= LongestNumber && !label.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                byte[] number = label.ToArray();
                words.Replace(number);
                _noted.Add((at + next, number));
            }

            next += length;
        }

        return false;
    }
}
