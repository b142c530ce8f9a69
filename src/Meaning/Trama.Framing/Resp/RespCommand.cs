using System.Text;

namespace Trama.Framing.Resp;

/// <summary>What is known of Redis' commands by their names (redis.io, "Commands"); case does not matter.</summary>
internal static class RespCommand
{
    // They answer when there is something to answer with, or a time is over.
    private static readonly RespNames Blocking = new(
        "blpop brpop brpoplpush blmove blmpop bzpopmin bzpopmax bzmpop xread xreadgroup wait waitaof");

    private static readonly RespNames Subscribing = new("subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe");

    private static readonly RespNames Messages = new("message pmessage smessage");

    /// <summary>The first of some words.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> words) => words.IndexOf((byte)' ') is >= 0 and int end ? words[..end] : words;

    /// <summary>Whether what follows the name is a password, or a user and a password.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> name) => Is(name, "auth"u8);

    /// <summary>Whether a reply may wait for something to happen.</summary>
    public static bool Waits(ReadOnlySpan<byte> name) => Blocking.Contains(name);

    /// <summary>Whether a command is confirmed channel by channel: in version 2 by arrays, in version 3 by pushes, which begin with its
    /// name.</summary>
    public static bool Subscribes(ReadOnlySpan<byte> name) => Subscribing.Contains(name);

    /// <summary>Whether an array or a push that begins with this brings a message of a channel.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> name) => Messages.Contains(name);

    /// <summary>Whether the command ends the dialogue.</summary>
    public static bool IsGoodbye(ReadOnlySpan<byte> name) => Is(name, "quit"u8) || Is(name, "shutdown"u8);

    /// <summary>Whether what the server says after it is replication's own: a database, then commands of the master.</summary>
    public static bool Replicates(ReadOnlySpan<byte> name) => Is(name, "psync"u8) || Is(name, "sync"u8);

    /// <summary>Compares without regard to case.</summary>
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) =>
        name.Length == lowerCase.Length && Ascii.EqualsIgnoreCase(name, lowerCase);

    /// <summary>A command and its key without what differs from one key to the next: parts with digits in them become <c>*</c>; empty
    /// when there are none.</summary>
    public static void WriteGroup(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest, ref ShortText group)
    {
        group.Clear();
        if (!rest.ContainsAnyInRange((byte)'0', (byte)'9')) return;
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
}
