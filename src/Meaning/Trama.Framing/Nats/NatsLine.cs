using System.Buffers.Text;
using System.Text;

namespace Trama.Framing.Nats;

/// <summary>The line that a message begins with: its verb, and what follows it.</summary>
internal readonly ref struct NatsLine
{
    // The server's own limit is below (max_payload).
    private const int MaxPayload = 1 << 30;
    private const int MaxArguments = 5;

    /// <summary>The verb.</summary>
    public NatsVerb Verb { get; private init; }

    /// <summary>The subject; of UNSUB the number of the subscription.</summary>
    public ReadOnlySpan<byte> Subject { get; private init; }

    /// <summary>Where an answer is to go; empty for nowhere.</summary>
    public ReadOnlySpan<byte> Reply { get; private init; }

    /// <summary>Of SUB the group of those that share the messages; of CONNECT, INFO and -ERR all that follows.</summary>
    public ReadOnlySpan<byte> Rest { get; private init; }

    /// <summary>The bytes that follow the line with headers and the line end; 0 where nothing does.</summary>
    public int Following { get; private init; }

    /// <summary>The bytes of the headers among them.</summary>
    public int Headers { get; private init; }

    /// <summary>The verb that a line, or the beginning of one, begins with.</summary>
    public static NatsVerb VerbOf(Direction speaker, ReadOnlySpan<byte> line)
    {
        int end = line.IndexOfAny((byte)' ', (byte)'\t');
        Span<byte> upper = stackalloc byte[7];
        Ascii.ToUpper(line[..Math.Min(end < 0 ? line.Length : end, upper.Length)], upper, out int length);
        ReadOnlySpan<byte> verb = end > upper.Length ? default : upper[..length];
        bool isClient = speaker == Direction.ToServer;
        return verb switch
        {
            _ when verb.SequenceEqual("PING"u8) => NatsVerb.Ping,
            _ when verb.SequenceEqual("PONG"u8) => NatsVerb.Pong,
            _ when isClient && verb.SequenceEqual("CONNECT"u8) => NatsVerb.Connect,
            _ when isClient && verb.SequenceEqual("PUB"u8) => NatsVerb.Pub,
            _ when isClient && verb.SequenceEqual("HPUB"u8) => NatsVerb.HPub,
            _ when isClient && verb.SequenceEqual("SUB"u8) => NatsVerb.Sub,
            _ when isClient && verb.SequenceEqual("UNSUB"u8) => NatsVerb.Unsub,
            _ when !isClient && verb.SequenceEqual("INFO"u8) => NatsVerb.Info,
            _ when !isClient && verb.SequenceEqual("MSG"u8) => NatsVerb.Msg,
            _ when !isClient && verb.SequenceEqual("HMSG"u8) => NatsVerb.HMsg,
            _ when !isClient && verb.SequenceEqual("+OK"u8) => NatsVerb.Ok,
            _ when !isClient && verb.SequenceEqual("-ERR"u8) => NatsVerb.Err,
            _ => NatsVerb.None,
        };
    }

    /// <summary>Reads a line; false when it is none of the protocol.</summary>
    public static bool TryRead(Direction speaker, ReadOnlySpan<byte> text, out NatsLine line)
    {
        line = default;
        NatsVerb verb = VerbOf(speaker, text);
        if (verb == NatsVerb.None) return false;
        int space = text.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> rest = space < 0 ? default : text[(space + 1)..].Trim(" \t"u8);
        if (verb is NatsVerb.Info or NatsVerb.Connect && rest is not [(byte)'{', ..]) return false;
        if (verb is NatsVerb.Info or NatsVerb.Connect or NatsVerb.Err or NatsVerb.Ping or NatsVerb.Pong or NatsVerb.Ok)
        {
            line = new NatsLine { Verb = verb, Rest = rest };
            return true;
        }

        Span<Range> found = stackalloc Range[MaxArguments + 1];
        int count = Split(rest, found);
        if (count is 0 or > MaxArguments) return false;
        return verb is NatsVerb.Sub or NatsVerb.Unsub
            ? TrySubscription(verb, rest, found[..count], out line) : TryMessage(verb, rest, found[..count], out line);
    }

    private static int Split(ReadOnlySpan<byte> text, Span<Range> found)
    {
        int count = 0;
        for (int at = 0; at < text.Length && count < found.Length; count++)
        {
            int length = text[at..].IndexOfAny((byte)' ', (byte)'\t');
            if (length < 0) length = text.Length - at;
            found[count] = at..(at + length);
            at += length;
            while (at < text.Length && text[at] is (byte)' ' or (byte)'\t') at++;
        }

        return count;
    }

    // SUB subject [group] number; UNSUB number [count].
    private static bool TrySubscription(NatsVerb verb, ReadOnlySpan<byte> rest, scoped ReadOnlySpan<Range> arguments, out NatsLine line)
    {
        line = new NatsLine
        {
            Verb = verb,
            Subject = rest[arguments[0]],
            Rest = verb == NatsVerb.Sub && arguments.Length == 3 ? rest[arguments[1]] : default,
        };
        return verb == NatsVerb.Sub ? arguments.Length is 2 or 3 : arguments.Length is 1 or 2;
    }

    // PUB subject [reply] size; HPUB subject [reply] headers size; of MSG and HMSG the subscription's number follows the subject.
    private static bool TryMessage(NatsVerb verb, ReadOnlySpan<byte> rest, scoped ReadOnlySpan<Range> arguments, out NatsLine line)
    {
        line = default;
        bool hasHeaders = verb is NatsVerb.HPub or NatsVerb.HMsg;
        int replyAt = verb is NatsVerb.Msg or NatsVerb.HMsg ? 2 : 1, sizes = hasHeaders ? 2 : 1;
        int replies = arguments.Length - replyAt - sizes;
        if (replies is not (0 or 1)) return false;
        int headers = 0;
        if (hasHeaders && !TryNumber(rest[arguments[^2]], out headers)) return false;
        if (!TryNumber(rest[arguments[^1]], out int size) || headers > size) return false;
        line = new NatsLine
        {
            Verb = verb,
            Subject = rest[arguments[0]],
            Reply = replies == 1 ? rest[arguments[replyAt]] : default,
            Following = size + 2,
            Headers = headers,
        };
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out int used) && used == digits.Length && number is >= 0 and <= MaxPayload;
}
