using System.Globalization;

namespace Trama.Framing.Memcached;

/// <summary>What the first line of a reply of the text protocol says of the rest.</summary>
internal static class MemcachedReply
{
    /// <summary>Whether lines follow, up to END.</summary>
    public static bool HasLines(ReadOnlySpan<byte> line) =>
        line.StartsWith("VALUE "u8) || line.StartsWith("STAT "u8) || line.StartsWith("ITEM "u8) || line.StartsWith("PREFIX "u8)
        || line.StartsWith("CONFIG "u8) || line.StartsWith("key="u8);

    /// <summary>The bytes of the data that follow a line; -1 for none.</summary>
    public static long DataLength(ReadOnlySpan<byte> line)
    {
        int word = line.StartsWith("VALUE "u8) || line.StartsWith("CONFIG "u8) ? 3 : line.StartsWith("VA "u8) ? 1 : 0;
        if (word == 0) return -1;
        for (; word > 0; word--)
        {
            int space = line.IndexOf((byte)' ');
            if (space < 0) return -1;
            line = line[(space + 1)..];
        }

        int end = line.IndexOf((byte)' ');
        bool isNumber = long.TryParse(end < 0 ? line : line[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long length);
        return isNumber && length <= int.MaxValue ? length : -1;
    }

    /// <summary>Whether a line says that something is wrong.</summary>
    public static bool IsError(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("ERROR"u8) || line.StartsWith("CLIENT_ERROR"u8) || line.StartsWith("SERVER_ERROR"u8);

    /// <summary>Whether a line is one that a reply may begin with.</summary>
    public static bool IsOne(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return false;
        if (HasLines(line) || IsError(line)) return true;
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? line : line[..space];
        return word is [>= (byte)'0' and <= (byte)'9', ..] ? !word.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            : word.Length >= 2 && !word.ContainsAnyExceptInRange((byte)'A', (byte)'_');
    }

    /// <summary>Whether bytes begin with a reply that no other protocol gives: a value with its key, flags and length.</summary>
    public static Likeness Resembles(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Recognition.Begins(bytes, "VALUE "u8);
        if (likeness != Likeness.Yes) return likeness;
        int end = bytes.IndexOf("\r\n"u8);
        if (end < 0) return bytes.Length < Protocol.MaxFirst ? Likeness.Open : Likeness.No;
        return DataLength(bytes[..end]) >= 0 ? Likeness.Yes : Likeness.No;
    }
}
