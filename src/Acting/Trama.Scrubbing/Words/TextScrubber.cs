using System.Text;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>
/// Replaces what a text says, in place, and keeps how it is built: words that are no protocol's, long numbers, addresses, letters that are
/// written as <c>%41</c>, and what is no ASCII. Spaces, marks, line ends and short numbers stay.
/// </summary>
internal sealed class TextScrubber(ScrubKey key, AddressMap addresses)
{
    // Lengths, counts and status codes have no more; numbers of telephones, cards and accounts do.
    private const int LongestKeptNumber = 7;

    private const int SqlState = 5, MaxEscapes = 4;

    private static readonly byte[][] Protocols = ["smtp"u8.ToArray(), "ftp"u8.ToArray(), "imap"u8.ToArray(), "pop3"u8.ToArray()];

    private readonly AddressText _addresses = new(key, addresses);

    /// <summary>The words' stand-ins.</summary>
    public WordMap Words { get; } = new(key);

    /// <summary>Scrubs a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsNumbers">Whether short numbers stay: they may be lengths, counts and codes of a protocol, which bodies have
    /// not.</param>
    public void Scrub(Span<byte> text, bool keepsNumbers = true) => Scrub(text, keepsNumbers, 0);

    private void Scrub(Span<byte> text, bool keepsNumbers, int depth)
    {
        // What is written by numbers may be written so twice.
        if (depth < MaxEscapes && EscapedText.TryScrub(text, said => Scrub(said, keepsNumbers, depth + 1))) return;
        BinaryIslands.Replace(text, key);
        int at = 0;
        while (at < text.Length)
        {
            byte value = text[at];
            // Protocols of text carry UTF-16, too.
            if (WideText.MayBegin(text[at..]) && WideText.Measure(text[at..]) is > 0 and var wide)
            {
                WideText.Scrub(text.Slice(at, wide), this, key);
                at += wide;
            }
            else if (WordMap.IsLetter(value) || WordMap.IsDigit(value))
            {
                (int secret, int secretLength) = (0, 0);
                int length = _addresses.Replace(text, at);
                if (length == 0 && WordMap.IsDigit(value) && (at == 0 || !WordMap.IsDigit(text[at - 1])))
                {
                    length = NumberText.Measure(text, at);
                    if (length > 0) Words.ReplaceNumber(text.Slice(at, length));
                }

                if (length == 0)
                {
                    length = AddressText.Before(text, at, WordLength(text[at..]));
                    (secret, secretLength) = SecretText.Behind(text, at, length);
                    ScrubWord(text, at, length, keepsNumbers);
                }

                at += length;
                if (secretLength == 0) continue;
                Words.ReplaceSecret(text.Slice(secret, secretLength));
                at = secret + secretLength;
            }
            else if (value == '&' && CharacterReference.Scrub(text[at..], Words) is > 0 and var reference) at += reference;
            else if (value == ':' && text[at..].StartsWith("://"u8) && SecretText.InAddress(text[at..]) is (var from, > 0 and var count))
            {
                Scrub(text.Slice(at + 1, from - 1), keepsNumbers);
                Words.ReplaceSecret(text.Slice(at + from, count));
                at += from + count;
            }
            else if (value >= 0x80) at += ForeignText.Replace(text[at..], key);
            else at++;
        }
    }

    private static int WordLength(ReadOnlySpan<byte> text)
    {
        int length = 1;
        while (length < text.Length && (WordMap.IsLetter(text[length]) || WordMap.IsDigit(text[length]))) length++;
        return length;
    }

    private void ScrubWord(Span<byte> text, int at, int length, bool keepsNumbers)
    {
        // MySQL writes what follows its state without a space.
        if (length > SqlState && at > 0 && text[at - 1] == '#' && IsSqlState(text.Slice(at, SqlState)))
        {
            ScrubWord(text, at + SqlState, length - SqlState, keepsNumbers);
            return;
        }

        Span<byte> word = text.Slice(at, length);
        bool isNumber = !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        bool stays = isNumber ? keepsNumbers && (length <= LongestKeptNumber || IsLength(text, at, length))
            : !IsPart(text, at, length) && (Vocabulary.Has(word) || IsSqlState(word));
        if (stays) return;
        if (isNumber)
        {
            Words.ReplaceNumber(word);
            return;
        }

        // A program's name may hold its protocol's, by which its greeting is recognised: vsFTPd.
        int part = ProtocolIn(word, out int size);
        if (part < 0) Words.Replace(word);
        else
        {
            if (part > 0) Words.Replace(word[..part]);
            if (part + size < length) Words.Replace(word[(part + size)..]);
        }
    }

    // Beside a letter of another alphabet: the rest of a word, whatever it spells alone.
    private static bool IsPart(ReadOnlySpan<byte> text, int at, int length) =>
        at > 0 && text[at - 1] > '~' || at + length < text.Length && text[at + length] > '~';

    private static int ProtocolIn(ReadOnlySpan<byte> word, out int size)
    {
        foreach (ReadOnlySpan<byte> name in (ReadOnlySpan<byte[]>)Protocols)
        {
            size = name.Length;
            for (int at = 0; at + size <= word.Length; at++)
            {
                if (Ascii.EqualsIgnoreCase(word.Slice(at, size), name)) return at;
            }
        }

        size = 0;
        return -1;
    }

    // Five digits and capitals, two digits first (ISO/IEC 9075-2, SQLSTATE): 42P01, 08S01.
    private static bool IsSqlState(ReadOnlySpan<byte> word) =>
        word.Length == SqlState && WordMap.IsDigit(word[0]) && WordMap.IsDigit(word[1])
        && !word.ContainsAnyInRange((byte)'a', (byte)'z');

    // Whether a number says how long something is, as Content-Length and RESP's marks announce it.
    private static bool IsLength(ReadOnlySpan<byte> text, int at, int length)
    {
        ReadOnlySpan<byte> before = text[..at];
        if (before is [.., (byte)'$' or (byte)'*']) return (at == 1 || before[^2] == '\n') && text[(at + length)..] is [(byte)'\r', ..];
        before = before.TrimEnd(" :="u8);
        if (before.Length < 6) return false;
        Span<byte> last = stackalloc byte[6];
        for (int letter = 0; letter < last.Length; letter++) last[letter] = (byte)(before[before.Length - last.Length + letter] | 0x20);
        return last.SequenceEqual("length"u8);
    }
}
