using System.Globalization;

namespace Trama.Framing.Memcached;

/// <summary>A command of the text protocol: what its line says.</summary>
internal readonly ref struct MemcachedCommand
{
    // Behind a key come flags, the time, the length.
    private const int LengthAt = 4;
    private const int MetaLengthAt = 2;
    private const int LongestVerb = 9;

    private MemcachedCommand(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> key, int keys, long data, bool isSilent)
    {
        Verb = verb;
        Key = key;
        (Keys, DataLength, IsSilent) = (keys, data, isSilent);
    }

    /// <summary>The verb.</summary>
    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>The first key; empty when it has none.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>How many keys it names.</summary>
    public int Keys { get; }

    /// <summary>The bytes of the data that follow the line; -1 for none.</summary>
    public long DataLength { get; }

    /// <summary>Whether it is not answered, or only when something is unusual.</summary>
    public bool IsSilent { get; }

    /// <summary>Reads a line.</summary>
    public static MemcachedCommand Read(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> verb = Word(line, 0);
        if (IsStorage(verb)) return new(verb, Word(line, 1), 1, Number(Word(line, LengthAt)), line.EndsWith(" noreply"u8));
        bool isMeta = verb is [(byte)'m', (byte)'g' or (byte)'s' or (byte)'d' or (byte)'a' or (byte)'n' or (byte)'e'];
        if (isMeta)
        {
            bool isSet = verb[1] == 's';
            long data = isSet ? Number(Word(line, MetaLengthAt).TrimStart((byte)'S')) : -1;
            return new(verb, Word(line, 1), 1, data, IsQuiet(line, isSet ? MetaLengthAt + 1 : MetaLengthAt));
        }

        if (verb.SequenceEqual("get"u8) || verb.SequenceEqual("gets"u8)) return new(verb, Word(line, 1), Count(line) - 1, -1, false);
        if (verb.SequenceEqual("gat"u8) || verb.SequenceEqual("gats"u8)) return new(verb, Word(line, 2), Count(line) - 2, -1, false);
        return new(verb, Word(line, 1), 1, -1, line.EndsWith(" noreply"u8) || verb.SequenceEqual("quit"u8));
    }

    /// <summary>Whether bytes begin with a command: one that stores, or a meta command, is like no other protocol's; without a hint
    /// these alone count.</summary>
    public static Likeness Resembles(ReadOnlySpan<byte> bytes, bool isHinted)
    {
        int end = bytes.IndexOf("\r\n"u8);
        ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end], verb = Word(line, 0);
        if (verb.Length == line.Length && end < 0) return IsVerb(verb, isWhole: false) ? Likeness.Open : Likeness.No;
        if (line.ContainsAnyExceptInRange((byte)' ', (byte)'~') || !IsVerb(verb, isWhole: true)) return Likeness.No;
        if (end < 0 && bytes.Length < Protocol.MaxFirst) return Likeness.Open;
        return IsShaped(line, verb) || isHinted ? Likeness.Yes : Likeness.No;
    }

    private static bool IsShaped(ReadOnlySpan<byte> line, ReadOnlySpan<byte> verb)
    {
        if (Word(line, 1).Length is 0 or > MemcachedHeader.MaxKey) return false;
        if (verb.SequenceEqual("ms"u8)) return Number(Word(line, MetaLengthAt)) >= 0;
        if (verb.SequenceEqual("mg"u8)) return true;
        return IsStorage(verb) && Number(Word(line, 2)) >= 0 && Number(Word(line, LengthAt)) >= 0 && Count(line) <= LengthAt + 3;
    }

    private static bool IsStorage(ReadOnlySpan<byte> verb) =>
        verb.SequenceEqual("set"u8) || verb.SequenceEqual("add"u8) || verb.SequenceEqual("replace"u8) || verb.SequenceEqual("append"u8)
        || verb.SequenceEqual("prepend"u8) || verb.SequenceEqual("cas"u8);

    private static ReadOnlySpan<byte> Verbs => " set add replace append prepend cas get gets gat gats delete incr decr touch stats"u8
        + " flush_all version verbosity quit mg ms md ma mn me "u8;

    // Whether it is a verb, or, where more may come, begins as one.
    private static bool IsVerb(ReadOnlySpan<byte> verb, bool isWhole)
    {
        Span<byte> word = stackalloc byte[LongestVerb + 2];
        if (verb.Length is 0 or > LongestVerb) return false;
        word[0] = word[verb.Length + 1] = (byte)' ';
        verb.CopyTo(word[1..]);
        return Verbs.IndexOf(word[..(verb.Length + (isWhole ? 2 : 1))]) >= 0;
    }

    private static bool IsQuiet(ReadOnlySpan<byte> line, int from)
    {
        for (int i = from; Word(line, i) is { IsEmpty: false } flag; i++)
            if (flag is [(byte)'q']) return true;
        return false;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, int index)
    {
        for (; ; index--)
        {
            int start = line.IndexOfAnyExcept((byte)' ');
            if (start < 0) return default;
            line = line[start..];
            int end = line.IndexOf((byte)' ');
            if (index == 0) return end < 0 ? line : line[..end];
            if (end < 0) return default;
            line = line[end..];
        }
    }

    private static int Count(ReadOnlySpan<byte> line)
    {
        int words = 0;
        for (int i = 0; i < line.Length; i++)
            if (line[i] != ' ' && (i == 0 || line[i - 1] == ' ')) words++;
        return words;
    }

    private static long Number(ReadOnlySpan<byte> word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= int.MaxValue ? number : -1;
}
