using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Addresses as names of hosts and devices have them: with hyphens or underscores (<c>ip-10-20-30-40</c>, <c>2001-db8--17</c>), and those
/// of devices in groups of four digits or six (<c>0050.5684.1234</c>, <c>005056-841234</c>).
/// </summary>
internal static class GroupedAddress
{
    private const int QuadGroups = 4, MostGroups = 6, Ipv6Groups = 8, FewestIpv6Groups = 4, MostLength = 45;
    private const int MaxOctet = 255, MostOctetDigits = 3;

    private static readonly SearchValues<byte> OfIpv6 = SearchValues.Create("0123456789abcdefABCDEF-"u8);

    /// <summary>Measures an address of IPv4. Where numbers of something else are before it, it is the last four.</summary>
    /// <param name="text">All of a text.</param>
    /// <param name="at">Where a number begins in it.</param>
    /// <param name="skipped">How many bytes are before it.</param>
    /// <returns>How many bytes it has; 0 for none.</returns>
    public static int Quad(ReadOnlySpan<byte> text, int at, out int skipped)
    {
        Span<int> starts = stackalloc int[MostGroups];
        skipped = 0;
        int count = 0, next = at;
        byte mark = 0;
        while (true)
        {
            int from = next, value = 0;
            for (; next < text.Length && WordMap.IsDigit(text[next]) && next - from < MostOctetDigits; next++)
                value = value * 10 + text[next] - '0';
            if (next == from || value > MaxOctet || count == MostGroups) return 0;
            if (next < text.Length && (WordMap.IsDigit(text[next]) || WordMap.IsLetter(text[next]))) return 0;
            starts[count++] = from;
            bool goesOn = next + 1 < text.Length && text[next] is (byte)'-' or (byte)'_' && (mark == 0 || text[next] == mark)
                && WordMap.IsDigit(text[next + 1]);
            if (!goesOn) break;
            mark = text[next++];
        }

        if (count < QuadGroups || IsPart(text, at, mark)) return 0;
        skipped = starts[count - QuadGroups] - at;
        return next - at - skipped;
    }

    /// <summary>Measures an address of IPv6 whose colons are hyphens.</summary>
    /// <returns>How many bytes it has; 0 for none.</returns>
    public static int Ipv6(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> run = text[at..];
        int length = run[..Math.Min(run.Length, MostLength)].IndexOfAnyExcept(OfIpv6);
        run = (length < 0 ? run[..Math.Min(run.Length, MostLength)] : run[..length]).TrimEnd((byte)'-');
        int marks = run.Count((byte)'-');
        if (marks is < FewestIpv6Groups - 1 or >= Ipv6Groups + 1 || IsPart(text, at, (byte)'-')) return 0;
        Span<byte> colons = stackalloc byte[MostLength];
        run.Replace(colons, (byte)'-', (byte)':');
        return IPAddress.TryParse(colons[..run.Length], out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? run.Length : 0;
    }

    /// <summary>Measures an address of a device: three or four groups of four digits, or two of six.</summary>
    /// <returns>How many bytes it has; 0 for none.</returns>
    public static int Hardware(ReadOnlySpan<byte> text, int at)
    {
        int size = Group(text[at..]), groups = 1, next = at + size;
        if (size is not (4 or 6) || next >= text.Length || text[next] is not ((byte)'.' or (byte)'-')) return 0;
        byte mark = text[next];
        while (next + size < text.Length && text[next] == mark && Group(text[(next + 1)..]) == size)
        {
            groups++;
            next += 1 + size;
        }

        bool isAddress = size == 4 ? groups is 3 or 4 : groups == 2 && mark != '.';
        // One group more, or a part of one, makes it something else.
        bool goesOn = next + 1 < text.Length && text[next] == mark && Uri.IsHexDigit((char)text[next + 1]);
        return isAddress && !goesOn && !IsPart(text, at, mark) ? next - at : 0;
    }

    // How many digits there are, where no letter follows.
    private static int Group(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && length < 7 && Uri.IsHexDigit((char)text[length])) length++;
        return length < text.Length && WordMap.IsLetter(text[length]) ? 0 : length;
    }

    // Whether a number of the same digits and a mark are before: it was tried from its beginning.
    private static bool IsPart(ReadOnlySpan<byte> text, int at, byte mark)
    {
        if (at < 2 || text[at - 1] != mark) return false;
        int start = at - 1;
        while (start > 0 && Uri.IsHexDigit((char)text[start - 1])) start--;
        return start < at - 1 && WordMap.IsDigit(text[start]) && (start == 0 || !WordMap.IsLetter(text[start - 1]));
    }
}
