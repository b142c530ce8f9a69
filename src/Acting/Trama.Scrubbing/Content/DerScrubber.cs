using System.Buffers;
using System.Text.Unicode;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Scrubs what is in DER or BER, such as certificates and LDAP: the tree and its lengths, kinds of things and times stay, all else does
/// not.
/// </summary>
/// <param name="key">The key.</param>
/// <param name="text">Scrubs text.</param>
/// <param name="keepsNumbers">Whether numbers stay: in messages they are ids, versions and sizes, in certificates keys.</param>
internal sealed class DerScrubber(ScrubKey key, TextScrubber text, bool keepsNumbers)
{
    private const int MaxDepth = 16, MaxLengthBytes = 4;
    private const byte Boolean = 1, Integer = 2, OctetString = 4, Null = 5, ObjectIdentifier = 6, Enumerated = 10, UtcTime = 23, Time = 24;
    private const byte Constructed = 0x20, ClassMask = 0xc0, LongLength = 0x80;

    private const int LongestTime = 24, LongestIdentifier = 12;

    private static readonly SearchValues<byte> OfTime = SearchValues.Create("0123456789Z+-."u8);

    private static ReadOnlySpan<byte> Enterprises => [0x2b, 6, 1, 4, 1];

    // UTF8, numeric, printable, teletex, IA5, visible.
    private static ReadOnlySpan<byte> Texts => [12, 18, 19, 20, 22, 26];

    /// <summary>Scrubs the values that stand one after the other.</summary>
    public void Scrub(Span<byte> values) => Scrub(values, 0);

    private void Scrub(Span<byte> values, int depth)
    {
        while (values.Length >= 2)
        {
            if (!TryMeasure(values, out int header, out int length))
            {
                key.Replace(values);
                return;
            }

            length = Math.Min(length, values.Length - header);
            ScrubValue(values[0], values.Slice(header, length), depth);
            values = values[(header + length)..];
        }
    }

    private void ScrubValue(byte tag, Span<byte> value, int depth)
    {
        if ((tag & Constructed) != 0 && depth < MaxDepth) Scrub(value, depth + 1);
        else if (Texts.Contains(tag)) text.Scrub(value);
        else if (depth < MaxDepth && MayHoldTree(tag) && IsTree(value)) Scrub(value, depth + 1);
        // Names of subjects, addresses and places of lists; what LDAP searches for.
        else if (tag == OctetString || (tag & ClassMask) != 0) ScrubChoice(value);
        else if (tag == Integer && keepsNumbers) return;
        else if (tag == ObjectIdentifier) ScrubIdentifier(value);
        else if (!Stays(tag, value) && value.Length > 1) Replace(value);
    }

    // Of messages, what an extended operation asks for too; in certificates addresses look like one.
    private bool MayHoldTree(byte tag) => tag == OctetString || keepsNumbers && (tag & ClassMask) != 0;

    // As long as its kind has to be, and times of digits: what is longer says something else.
    private static bool Stays(byte tag, ReadOnlySpan<byte> value) => tag switch
    {
        Boolean or Null => value.Length <= 1,
        Enumerated => value.Length <= sizeof(uint),
        UtcTime or Time => value.Length <= LongestTime && !value.ContainsAnyExcept(OfTime),
        _ => false,
    };

    // Standards' own stay; those of enterprises (1.3.6.1.4.1) say whose they are.
    private static void ScrubIdentifier(Span<byte> value)
    {
        if (value.Length <= LongestIdentifier && !value.StartsWith(Enterprises)) return;
        foreach (ref byte part in value[Math.Min(Enterprises.Length, value.Length)..]) part &= 0x80;
    }

    private void ScrubChoice(Span<byte> value)
    {
        if (value.Length == 1) return;
        if (Utf8.IsValid(value) && !value.ContainsAnyInRange((byte)0, (byte)0x1f)) text.Scrub(value);
        else key.Replace(value);
    }

    // The first byte of a number or a row of bits says whether it is negative, and how many bits it lacks.
    private void Replace(Span<byte> value) => key.Replace(value.Length > 1 ? value[1..] : value);

    private static bool IsTree(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] is 0x30 or 0x03 or 0x04 && TryMeasure(value, out int header, out int length)
        && header + length == value.Length;

    private static bool TryMeasure(ReadOnlySpan<byte> value, out int header, out int length)
    {
        header = 2;
        length = value[1];
        if (length < LongLength) return true;
        int count = length & ~LongLength;
        if (count is 0 or > MaxLengthBytes || value.Length < 2 + count) return false;
        length = 0;
        for (int at = 0; at < count; at++) length = length << 8 | value[2 + at];
        header += count;
        return length >= 0;
    }
}
