using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Fields;

/// <summary>What stands for a field of which its protocol says what it is.</summary>
internal sealed class FieldStandIns(ScrubKey key, AddressMap addresses, WordMap words)
{
    private const int LongestName = 128;
    private const byte Mixing = 0xa5, MixedZero = 0xa5;

    /// <summary>Replaces what proves who somebody is.</summary>
    public void Secret(Span<byte> field) => words.ReplaceSecret(field);

    /// <summary>
    /// Replaces a secret of which each byte has its halves turned and its bits mixed with <c>A5</c> (MS-TDS section 2.2.6.4): it can be
    /// unmixed afterwards, to letters without a meaning.
    /// </summary>
    public void MixedSecret(Span<byte> field)
    {
        ulong hash = key.Hash(ScrubPurpose.Filler, field);
        DeflateFiller.Letters(field, key, hash);
        for (int at = 0; at < field.Length; at++)
            field[at] = at % 2 == 0 ? (byte)((field[at] << 4 | field[at] >> 4) ^ Mixing) : MixedZero;
    }

    /// <summary>Replaces the words of a name in UTF-16, little end first; other letters become some of ASCII.</summary>
    public void WideName(Span<byte> field)
    {
        Span<byte> word = stackalloc byte[LongestName];
        int length = 0;
        for (int at = 0; at + 1 < field.Length; at += 2)
        {
            if (field[at + 1] != 0 || field[at] >= 0x80)
                (field[at], field[at + 1]) = ((byte)('a' + (field[at] ^ field[at + 1]) % 26), 0);
            bool isPart = WordMap.IsLetter(field[at]) || WordMap.IsDigit(field[at]);
            if (isPart) word[length++] = field[at];
            int next = at + 2;
            if (length == 0 || isPart && length < word.Length && next + 1 < field.Length) continue;
            int first = (isPart ? next : at) - 2 * length;
            words.Replace(word[..length]);
            for (int letter = 0; letter < length; letter++) field[first + 2 * letter] = word[letter];
            length = 0;
        }
    }

    /// <summary>
    /// Replaces what a mechanism of SASL says: zeros between who and what proves it (PLAIN, RFC 4616) stay, and so do the names of
    /// attributes and the number of rounds (SCRAM, RFC 5802 section 5).
    /// </summary>
    public void Sasl(Span<byte> field)
    {
        bool isScram = field is [(byte)'n' or (byte)'y', (byte)',', ..]
            or [(byte)'p' or (byte)'r' or (byte)'c' or (byte)'v' or (byte)'e', (byte)'=', ..];
        byte mark = isScram ? (byte)',' : (byte)0;
        while (!field.IsEmpty)
        {
            int end = field.IndexOf(mark);
            if (end < 0) end = field.Length;
            Span<byte> part = field[..end];
            if (!isScram) words.ReplaceSecret(part);
            else if (part is [not (byte)'i', (byte)'=', ..]) words.ReplaceSecret(part[2..]);
            field = field[Math.Min(end + 1, field.Length)..];
        }
    }

    /// <summary>Replaces an address of IP, as in headers.</summary>
    public void Address(Span<byte> field) => addresses.Map(field);

    /// <summary>Replaces the first bits of an address, as in headers; those that do not count are zero.</summary>
    public void Prefix(Span<byte> field, int bits, int size)
    {
        Span<byte> address = stackalloc byte[16];
        address = address[..size];
        address.Clear();
        field.CopyTo(address);
        addresses.Map(address);
        address[..field.Length].CopyTo(field);
        if (bits % 8 is > 0 and var last && bits / 8 < field.Length) field[bits / 8] &= (byte)~(0xff >> last);
    }

    /// <summary>Replaces bytes by any.</summary>
    public void Opaque(Span<byte> field) => key.Replace(field);

    /// <summary>Replaces a value that is no text.</summary>
    /// <returns>False for a text.</returns>
    public bool TryValue(Span<byte> field) => ValueFiller.TryFill(field, key);

    /// <summary>Replaces the address of a device, as in headers.</summary>
    public void Hardware(Span<byte> field) => addresses.MapHardware(field);

    /// <summary>Replaces digits, or one letter, by others.</summary>
    public void Digits(Span<byte> field) => words.Replace(field);
}
