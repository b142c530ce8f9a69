using System.Buffers.Text;
using System.Text;

namespace Trama.Scrubbing.Fields;

/// <summary>
/// Values of Redis that are bytes, and what proves to it who connects, in commands of its protocol (RESP, "Bulk strings") or of one line:
/// AUTH, HELLO, MIGRATE, ACL SETUSER, CONFIG SET.
/// </summary>
internal static class RespFields
{
    private const byte ArrayMark = (byte)'*', BulkMark = (byte)'$';

    /// <summary>Notes the fields of each command.</summary>
    public static void Read(MessageFields message)
    {
        List<(int From, int Length)> arguments = [];
        long missing = 0;
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; at < bytes.Length;)
        {
            int end = bytes[at..].IndexOf("\r\n"u8);
            int from = at, length = end < 0 ? bytes.Length - at : end;
            at = Math.Min(from + length + 2, bytes.Length);
            if (length == 0) continue;
            ReadOnlySpan<byte> line = bytes.Slice(from, length);
            if (line[0] == ArrayMark) missing = Number(line);
            else if (line[0] == BulkMark && Number(line) is >= 0 and var size)
            {
                int count = (int)Math.Min(size, bytes.Length - at);
                arguments.Add((at, count));
                message.Value(at, count);
                at = Math.Min(at + count + 2, bytes.Length);
                if (--missing > 0) continue;
                if (!message.IsReply) ReadCommand(message, arguments);
                arguments.Clear();
            }
            else if (!message.IsReply) ReadCommand(message, Words(line, from));
        }

        if (!message.IsReply) ReadCommand(message, arguments);
    }

    private static void ReadCommand(MessageFields message, List<(int From, int Length)> arguments)
    {
        if (arguments.Count < 2) return;
        if (Is(message, arguments[0], "AUTH"u8)) Secret(message, arguments, 1, arguments.Count);
        else if (Is(message, arguments[0], "ACL"u8))
        {
            // Passwords and their hashes have a mark in front of them.
            foreach ((int from, int length) in arguments)
                if (message.Bytes.Slice(from, length) is [(byte)'>' or (byte)'<' or (byte)'#' or (byte)'!', ..])
                    message.Secret(from + 1, length - 1);
        }
        else
        {
            // The word that says that a secret follows, and how many arguments it has: a user may be among them.
            for (int at = 0; at < arguments.Count; at++)
            {
                if (Is(message, arguments[at], "AUTH"u8) && Is(message, arguments[0], "MIGRATE"u8)
                    || Is(message, arguments[at], "requirepass"u8) || Is(message, arguments[at], "masterauth"u8)
                    || Is(message, arguments[at], "auth-pass"u8)) Secret(message, arguments, at + 1, at + 2);
                else if (Is(message, arguments[at], "AUTH"u8) && Is(message, arguments[0], "HELLO"u8)
                    || Is(message, arguments[at], "AUTH2"u8)) Secret(message, arguments, at + 1, at + 3);
            }
        }
    }

    private static void Secret(MessageFields message, List<(int From, int Length)> arguments, int first, int end)
    {
        for (int at = first; at < Math.Min(end, arguments.Count); at++) message.Secret(arguments[at].From, arguments[at].Length);
    }

    private static List<(int From, int Length)> Words(ReadOnlySpan<byte> line, int at)
    {
        List<(int, int)> words = [];
        foreach (Range range in line.Split((byte)' '))
        {
            (int from, int length) = range.GetOffsetAndLength(line.Length);
            if (length > 0) words.Add((at + from, length));
        }

        return words;
    }

    private static bool Is(MessageFields message, (int From, int Length) argument, ReadOnlySpan<byte> word) =>
        Ascii.EqualsIgnoreCase(message.Bytes.Slice(argument.From, argument.Length), word);

    private static long Number(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line[1..], out int number, out int used) && used == line.Length - 1 ? number : -1;
}
