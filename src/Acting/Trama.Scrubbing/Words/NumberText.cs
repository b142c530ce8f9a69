namespace Trama.Scrubbing.Words;

/// <summary>
/// Numbers that are written in groups, and are one that names somebody: of telephones, cards, accounts, insurances. Dates, versions and
/// lists of numbers stay.
/// </summary>
internal static class NumberText
{
    private const int MostGroups = 12, MostDigits = 34, ShortestTelephone = 7, ShortestWithHyphens = 9, ShortestInFours = 12;

    private static ReadOnlySpan<byte> Marks => " -.()/"u8;

    /// <summary>Measures such a number.</summary>
    /// <param name="text">All of a text.</param>
    /// <param name="at">Where a number begins in it.</param>
    /// <returns>How many bytes it has; 0 for none.</returns>
    public static int Measure(ReadOnlySpan<byte> text, int at)
    {
        Span<int> groups = stackalloc int[MostGroups];
        Span<byte> digits = stackalloc byte[MostDigits];
        int count = 0, total = 0, end = at, next = at;
        byte mark = 0;
        bool isMixed = false;
        while (count < MostGroups)
        {
            int from = next;
            while (next < text.Length && WordMap.IsDigit(text[next]) && total < MostDigits) digits[total++] = text[next++];
            if (next == from) break;
            groups[count++] = next - from;
            end = next;
            if (next < text.Length && WordMap.IsLetter(text[next])) break;
            if (next >= text.Length || !Marks.Contains(text[next])) break;
            isMixed |= mark != 0 && text[next] != mark;
            mark = text[next++];
            // The mark that opens or closes may have a space beside it.
            if (next < text.Length && (mark, text[next]) is ((byte)')', (byte)' ' or (byte)'-') or ((byte)' ', (byte)'(')) next++;
        }

        groups = groups[..count];
        byte before = at > 0 ? text[at - 1] : (byte)0;
        bool isTelephone = before == '+' && total >= ShortestTelephone
            || before == '(' && count >= 3 && groups is [3, 3, 4, ..]
            || !isMixed && groups is [3, 3, 4] && mark is (byte)'.' or (byte)'-' or (byte)' ';
        if (count < 2 && !isTelephone) return 0;
        if (isTelephone) return end - at;
        if (isMixed) return 0;
        return mark switch
        {
            _ when total is >= 13 and <= 19 && mark is (byte)' ' or (byte)'-' && IsCard(digits[..total]) => end - at,
            (byte)'-' when total >= ShortestWithHyphens => end - at,
            (byte)' ' when total >= ShortestInFours && Fours(groups) >= 3 => end - at,
            _ => 0,
        };
    }

    private static int Fours(ReadOnlySpan<int> groups)
    {
        int fours = 0;
        foreach (int group in groups) if (group == 4) fours++;
        return fours;
    }

    // The check digit of cards (ISO/IEC 7812-1, annex B).
    private static bool IsCard(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        for (int at = 0; at < digits.Length; at++)
        {
            int digit = digits[^(at + 1)] - '0';
            sum += at % 2 == 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }
}
