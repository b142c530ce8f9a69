using Trama.Framing.Commands;

namespace Trama.Framing.Imap;

/// <summary>Tells from the beginning of a line what nobody but IMAP says: behind a tag, a command or how it ended.</summary>
internal static class ImapBeginning
{
    // Clients make tags of a few letters and digits.
    private const int MaxTag = 20;

    private static readonly CommandVerbs Verbs = new(
        "CAPABILITY NOOP LOGOUT STARTTLS AUTHENTICATE LOGIN ENABLE SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE LIST LSUB "
        + "NAMESPACE STATUS APPEND IDLE CLOSE UNSELECT EXPUNGE SEARCH FETCH STORE COPY MOVE UID CHECK SORT THREAD ID GETQUOTA GETQUOTAROOT "
        + "GETACL SETACL MYRIGHTS COMPRESS NOTIFY XLIST GETMETADATA SETMETADATA");

    private static readonly CommandVerbs Outcomes = new("OK NO BAD");

    /// <summary>Whether bytes begin a command, as far as they go.</summary>
    public static Likeness Command(ReadOnlySpan<byte> bytes) => Tagged(bytes, Verbs, out _);

    /// <summary>Whether bytes begin a command that can hardly be words of a text: its tag has a digit, and nothing in it is in lower
    /// case.</summary>
    public static Likeness CertainCommand(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Tagged(bytes, Verbs, out int tag);
        if (likeness != Likeness.Yes) return likeness;
        ReadOnlySpan<byte> verb = bytes[(tag + 1)..];
        int end = verb.IndexOfAny((byte)' ', (byte)'\r', (byte)'\n');
        return HasDigit(bytes[..tag]) && !verb[..end].ContainsAnyInRange((byte)'a', (byte)'z') ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Whether bytes begin the line that ends a reply, as far as they go.</summary>
    public static Likeness Outcome(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Tagged(bytes, Outcomes, out int tag);
        return likeness == Likeness.Yes && !HasDigit(bytes[..tag]) ? Likeness.No : likeness;
    }

    private static bool HasDigit(ReadOnlySpan<byte> tag) => tag.ContainsAnyInRange((byte)'0', (byte)'9');

    private static Likeness Tagged(ReadOnlySpan<byte> bytes, CommandVerbs verbs, out int tag)
    {
        tag = 0;
        while (tag < bytes.Length && char.IsAsciiLetterOrDigit((char)bytes[tag])) tag++;
        if (tag is 0 or > MaxTag) return Likeness.No;
        if (tag == bytes.Length) return Likeness.Open;
        if (bytes[tag] != ' ') return Likeness.No;
        return tag + 1 == bytes.Length ? Likeness.Open : verbs.Of(bytes[(tag + 1)..]);
    }
}
