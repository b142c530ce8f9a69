using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Replaces addresses that stand in text: by the text of their stand-ins in the headers where that has the same length, else by one that
/// has, always the same.
/// </summary>
internal sealed class AddressText(ScrubKey key, AddressMap addresses)
{
    private const int MaxLength = 45;
    private const int HardwareLength = 17;

    private static ReadOnlySpan<byte> OfNumber => "0123456789"u8;

    private static readonly SearchValues<byte> OfQuad = SearchValues.Create("0123456789.,"u8);
    private static readonly SearchValues<byte> OfIpv6 = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>Replaces the address that begins at a place, if one does.</summary>
    /// <returns>Its length; 0 for none.</returns>
    public int Replace(Span<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[at..];
        // The number before may be the address's first part.
        bool isPart = at > 1 && text[at - 1] is (byte)'.' or (byte)',' && WordMap.IsDigit(text[at - 2]);
        int length = Run(rest, OfQuad);
        if (!isPart && length >= 7 && IsQuad(rest[..length], out int quad)) return ReplaceQuad(text.Slice(at, quad));
        if (GroupedAddress.Quad(text, at, out int skipped) is > 0 and var grouped)
            return skipped + ReplaceQuad(text.Slice(at + skipped, grouped));
        if (GroupedAddress.Hardware(text, at) is > 0 and var device) return ReplaceHexadecimal(text.Slice(at, device));
        if (GroupedAddress.Ipv6(text, at) is > 0 and var hyphened) return ReplaceHexadecimal(text.Slice(at, hyphened));
        if (IsHardware(rest)) return ReplaceHexadecimal(text.Slice(at, HardwareLength));
        // What begins with the short form of zeros was not tried yet.
        int before = at > 1 && text[(at - 2)..at].SequenceEqual("::"u8) && (at == 2 || !Uri.IsHexDigit((char)text[at - 3])) ? 2 : 0;
        if (before == 0 && GoesOn(text[..at])) return 0;
        int replaced = Replace6(text[(at - before)..]);
        return Math.Max(0, replaced - before);
    }

    /// <summary>Of a word that ends in a number with which an address begins (<c>ip10-20-30-40</c>), what is before it.</summary>
    /// <param name="text">All of a text.</param>
    /// <param name="at">Where the word is.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <returns>How many bytes are before the address: all, where there is none.</returns>
    public static int Before(ReadOnlySpan<byte> text, int at, int length)
    {
        int letters = text.Slice(at, length).TrimEnd(OfNumber).Length;
        if (letters == 0 || letters == length) return length;
        ReadOnlySpan<byte> rest = text[(at + letters)..];
        bool isAddress = IsQuad(rest[..Run(rest, OfQuad)], out _) || GroupedAddress.Quad(text, at + letters, out _) > 0;
        return isAddress ? letters : length;
    }

    private static int Run(ReadOnlySpan<byte> text, SearchValues<byte> of)
    {
        int length = text[..Math.Min(text.Length, MaxLength)].IndexOfAnyExcept(of);
        return length < 0 ? Math.Min(text.Length, MaxLength) : length;
    }

    // Whether a text ends in groups of IPv6 that were tried from their own beginning; the end of a word is none: "node:".
    private static bool GoesOn(ReadOnlySpan<byte> before)
    {
        if (before.Length < 2 || before[^1] != ':' || !Uri.IsHexDigit((char)before[^2])) return false;
        before = before[Math.Max(0, before.Length - MaxLength)..];
        int start = before.LastIndexOfAnyExcept(OfIpv6);
        return start < 0 || !WordMap.IsLetter(before[start]);
    }

    // Six pairs of digits with colons or, as some systems write them, hyphens between them.
    private static bool IsHardware(ReadOnlySpan<byte> text)
    {
        if (text.Length < HardwareLength || text[2] is not ((byte)':' or (byte)'-')) return false;
        for (int at = 0; at < HardwareLength; at++)
            if (at % 3 == 2 ? text[at] != text[2] : !Uri.IsHexDigit((char)text[at])) return false;
        return text.Length == HardwareLength || !Uri.IsHexDigit((char)text[HardwareLength])
            && (text[HardwareLength] != text[2] || text.Length == HardwareLength + 1 || !Uri.IsHexDigit((char)text[HardwareLength + 1]));
    }

    // The end of a sentence, or of what names it, may follow the address.
    private int Replace6(Span<byte> text)
    {
        int length = Run(text, OfIpv6);
        for (; length >= 3; length--)
        {
            if (text[..length].Count((byte)':') < 2) return 0;
            if (IPAddress.TryParse(text[..length], out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6)
                return Replace6(text[..length], address);
            if (text[length - 1] is not ((byte)'.' or (byte)':')) return 0;
        }

        return 0;
    }

    // Four numbers up to 255, with points or, as FTP writes them (RFC 959 section 4.1.2), commas between them.
    private static bool IsQuad(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        byte mark = 0;
        for (int part = 0; part < 4; part++)
        {
            int digits = 0, value = 0;
            for (; length + digits < text.Length && WordMap.IsDigit(text[length + digits]); digits++)
            {
                value = value * 10 + text[length + digits] - '0';
                if (value > byte.MaxValue) return false;
            }

            if (digits == 0) return false;
            length += digits;
            if (part == 3) break;
            if (length == text.Length || mark != 0 && text[length] != mark) return false;
            mark = text[length++];
        }

        // One part more may be a port; object identifiers have more than that.
        ReadOnlySpan<byte> rest = text[length..];
        return rest is not [(byte)'.', _, ..] || rest[1..].IndexOf((byte)'.') is var more && (more < 0 || more + 2 == rest.Length);
    }

    private int ReplaceQuad(Span<byte> text)
    {
        Span<byte> address = stackalloc byte[4];
        Read(text, address);
        Span<byte> mapped = stackalloc byte[4];
        address.CopyTo(mapped);
        addresses.Map(mapped);
        for (int part = 0, at = 0; part < 4; part++, at++)
        {
            int digits = text[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits < 0) digits = text.Length - at;
            if (Digits(mapped[part]) != digits) mapped[part] = Number(address[..(part + 1)], digits);
            WriteNumber(text.Slice(at, digits), mapped[part]);
            at += digits;
        }

        return text.Length;
    }

    private static void Read(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int part = 0;
        foreach (byte value in text)
        {
            if (!WordMap.IsDigit(value)) part++;
            else address[part] = (byte)(address[part] * 10 + value - '0');
        }
    }

    private byte Number(ReadOnlySpan<byte> prefix, int digits)
    {
        ulong hash = key.Hash(ScrubPurpose.AddressText, prefix);
        return (byte)(digits switch { 1 => hash % 10, 2 => 10 + hash % 90, _ => 100 + hash % 156 });
    }

    private static int Digits(byte value) => value < 10 ? 1 : value < 100 ? 2 : 3;

    private static void WriteNumber(Span<byte> text, byte value)
    {
        for (int at = text.Length - 1; at >= 0; at--, value /= 10) text[at] = (byte)('0' + value % 10);
    }

    private int Replace6(Span<byte> text, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        addresses.Map(bytes);
        Span<byte> mapped = stackalloc byte[MaxLength + 1];
        if (!new IPAddress(bytes).TryFormat(mapped, out int written) || written != text.Length) return ReplaceHexadecimal(text);
        mapped[..written].CopyTo(text);
        return written;
    }

    // Digit by digit, and what is zero stays; of decimal digits alone, which may be a card's, decimal ones.
    private int ReplaceHexadecimal(Span<byte> text)
    {
        ulong hash = key.Hash(ScrubPurpose.AddressText, text);
        Span<byte> filler = stackalloc byte[MaxLength];
        key.Fill(hash, filler);
        int digits = text.ContainsAnyInRange((byte)'A', (byte)'F') || text.ContainsAnyInRange((byte)'a', (byte)'f') ? 15 : 9;
        for (int at = 0; at < text.Length; at++)
        {
            if (Uri.IsHexDigit((char)text[at]) && text[at] != '0') text[at] = "123456789abcdef"u8[filler[at] % digits];
        }

        return text.Length;
    }
}
