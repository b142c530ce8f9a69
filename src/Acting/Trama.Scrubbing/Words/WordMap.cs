using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Puts in the place of a word another of the same length that no language has: letters become consonants, large ones large ones, digits
/// digits. The same word, in capitals or not, always gets the same.
/// </summary>
internal sealed class WordMap(ScrubKey key)
{
    private const int MaxTries = 8;

    private static ReadOnlySpan<byte> Consonants => "bcdfghjklmnpqrstvwxz"u8;

    /// <summary>Replaces a word of ASCII letters and digits.</summary>
    public void Replace(Span<byte> word)
    {
        byte[]? rented = word.Length > 256 ? new byte[2 * word.Length] : null;
        Span<byte> room = rented ?? stackalloc byte[512];
        Span<byte> small = room[..word.Length], stand = room[word.Length..(2 * word.Length)];
        for (int at = 0; at < word.Length; at++) small[at] = Small(word[at]);
        for (int round = 0; round < MaxTries; round++)
        {
            key.Fill(key.Hash(ScrubPurpose.Word, small, round), stand);
            for (int at = 0; at < word.Length; at++) stand[at] = IsDigit(small[at])
                ? (byte)('0' + stand[at] % 10)
                : Consonants[stand[at] % Consonants.Length];
            if (!stand.SequenceEqual(small) && !Vocabulary.Has(stand)) break;
        }

        for (int at = 0; at < word.Length; at++) word[at] = word[at] == small[at] ? stand[at] : (byte)(stand[at] & ~0x20);
    }

    /// <summary>
    /// Replaces the digits of a number, and leaves the marks between its groups; the same digits always get the same, in groups or not.
    /// It begins with zero only where it did before.
    /// </summary>
    public void ReplaceNumber(Span<byte> number)
    {
        byte[] digits = new byte[number.Length];
        int count = 0;
        foreach (byte value in number) if (IsDigit(value)) digits[count++] = value;
        bool isZero = count > 0 && digits[0] == '0';
        Replace(digits.AsSpan(0, count));
        if (count > 0 && isZero != (digits[0] == '0')) digits[0] = isZero ? (byte)'0' : (byte)('1' + count % 9);
        for (int at = 0, next = 0; at < number.Length; at++) if (IsDigit(number[at])) number[at] = digits[next++];
    }

    /// <summary>Replaces a secret: by digits where it is a number, else by letters, whatever its bytes were.</summary>
    public void ReplaceSecret(Span<byte> secret)
    {
        bool isNumber = !secret.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        byte[] before = secret.ToArray();
        for (int round = 0; round < MaxTries; round++)
        {
            key.Fill(key.Hash(ScrubPurpose.Secret, before, round), secret);
            foreach (ref byte letter in secret)
                letter = isNumber ? (byte)('0' + letter % 10) : Consonants[letter % Consonants.Length];
            if (!secret.SequenceEqual(before)) break;
        }
    }

    /// <summary>Replaces one letter, large or small, by one that depends on it and a number.</summary>
    public byte Letter(byte letter, int number)
    {
        byte consonant = Consonants[(int)(key.Hash(ScrubPurpose.Word, [Small(letter)], number) % (ulong)Consonants.Length)];
        return letter == Small(letter) ? consonant : (byte)(consonant & ~0x20);
    }

    public static bool IsLetter(byte value) => (byte)((value | 0x20) - 'a') < 26;

    public static bool IsDigit(byte value) => (byte)(value - '0') < 10;

    private static byte Small(byte value) => IsLetter(value) ? (byte)(value | 0x20) : value;
}
