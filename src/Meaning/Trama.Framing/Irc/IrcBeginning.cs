using Trama.Framing.Commands;

namespace Trama.Framing.Irc;

/// <summary>Tells from the beginning of a line what nobody but IRC says.</summary>
internal static class IrcBeginning
{
    private static readonly CommandVerbs Verbs = new(
        "PASS NICK USER OPER MODE SERVICE QUIT SQUIT JOIN PART TOPIC NAMES LIST INVITE KICK PRIVMSG NOTICE MOTD LUSERS VERSION STATS LINKS "
        + "TIME CONNECT TRACE ADMIN INFO SERVLIST SQUERY WHO WHOIS WHOWAS KILL PING PONG ERROR AWAY REHASH USERHOST ISON CAP AUTHENTICATE "
        + "ACCOUNT CHGHOST SETNAME TAGMSG BATCH WALLOPS NS NICKSERV CS CHANSERV");

    private static readonly Beginnings Asked = new(
        "PRIVMSG #", "JOIN #", "PART #", "TOPIC #", "NAMES #", "WHO #", "MODE #", "NOTICE #", "KICK #", "CAP LS", "CAP REQ ", "NICK ");

    private static readonly Beginnings Either = new("PING :", "PONG :");

    /// <summary>Whether bytes are a line's beginning that no other protocol has.</summary>
    public static Likeness OwnOf(Direction speaker, ReadOnlySpan<byte> bytes) =>
        Either.Of(bytes).Or(speaker == Direction.ToServer ? Asked.Of(bytes) : Named(bytes));

    /// <summary>Whether bytes begin a line, as far as they go.</summary>
    public static Likeness Of(ReadOnlySpan<byte> bytes) => Verbs.Of(bytes).Or(Named(bytes));

    // The name of a server, or who says it and from where; then a number or a command (RFC 2812 section 2.3.1).
    private static Likeness Named(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != ':') return Likeness.No;
        int end = bytes.IndexOf((byte)' ');
        ReadOnlySpan<byte> name = end < 0 ? bytes[1..] : bytes[1..end];
        if (name.ContainsAny((byte)'\r', (byte)'\n')) return Likeness.No;
        if (end < 0 || end + 1 == bytes.Length) return Likeness.Open;
        bool isPerson = name.IndexOf((byte)'!') > 0 && name.IndexOf((byte)'@') > 0;
        if (!isPerson && name.IndexOf((byte)'.') <= 0) return Likeness.No;
        ReadOnlySpan<byte> rest = bytes[(end + 1)..];
        int digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) return rest.Length <= 3 ? Likeness.Open : Likeness.No;
        return digits == 0 ? Verbs.Of(rest) : digits == 3 && rest[3] == ' ' ? Likeness.Yes : Likeness.No;
    }
}
