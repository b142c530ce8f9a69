namespace Trama.Framing.Resp;

/// <summary>What is known of Redis' commands by their names (redis.io, "Commands"); case does not matter.</summary>
internal static class RespCommand
{
    // They answer when there is something to answer with, or a time is over.
    private static readonly byte[][] Blocking = Names(
        "blpop brpop brpoplpush blmove blmpop bzpopmin bzpopmax bzmpop xread xreadgroup wait waitaof");

    private static readonly byte[][] Subscribing = Names("subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe");

    private static readonly byte[][] Messages = Names("message pmessage smessage");

    /// <summary>The first of some words.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> words) => words.IndexOf((byte)' ') is >= 0 and int end ? words[..end] : words;

    /// <summary>Whether what follows the name is a password, or a user and a password.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> name) => Is(name, "auth"u8);

    /// <summary>Whether a reply may wait for something to happen.</summary>
    public static bool Waits(ReadOnlySpan<byte> name) => IsOneOf(name, Blocking);

    /// <summary>Whether a command is confirmed channel by channel: in version 2 by arrays, in version 3 by pushes, which begin with its
    /// name.</summary>
    public static bool Subscribes(ReadOnlySpan<byte> name) => IsOneOf(name, Subscribing);

    /// <summary>Whether an array or a push that begins with this brings a message of a channel.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> name) => IsOneOf(name, Messages);

    /// <summary>Whether the command ends the dialogue.</summary>
    public static bool IsGoodbye(ReadOnlySpan<byte> name) => Is(name, "quit"u8) || Is(name, "shutdown"u8);

    /// <summary>Whether what the server says after it is replication's own: a database, then commands of the master.</summary>
    public static bool Replicates(ReadOnlySpan<byte> name) => Is(name, "psync"u8) || Is(name, "sync"u8);

    /// <summary>Compares without regard to case.</summary>
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) => System.Text.Ascii.EqualsIgnoreCase(name, lowerCase);

    /// <summary>A command and its key without what differs from one key to the next: parts with digits in them become <c>*</c>.</summary>
    public static void WriteGroup(ReadOnlySpan<byte> words, ref ShortText group)
    {
        group.Clear();
        ReadOnlySpan<byte> name = Name(words), rest = words[name.Length..];
        group.Add(name);
        while (!rest.IsEmpty)
        {
            int end = 0;
            bool hasDigit = false;
            while (end < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[end])
                || rest[end] is (byte)'-' or >= 0x80)) hasDigit |= char.IsAsciiDigit((char)rest[end++]);
            group.Add(hasDigit ? "*"u8 : rest[..end]);
            if (end < rest.Length) group.Add(rest.Slice(end++, 1));
            rest = rest[end..];
        }
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, byte[][] names)
    {
        foreach (byte[] one in names)
            if (Is(name, one)) return true;
        return false;
    }

    private static byte[][] Names(string names) => [.. names.Split(' ').Select(System.Text.Encoding.ASCII.GetBytes)];
}
