using System.Buffers.Binary;

namespace Trama.Diagnosis.Evidence;

/// <summary>First words of messages, by which a protocol is known: a payload's first eight bytes, the first one highest.</summary>
internal static class Opening
{
    /// <summary>A payload's first eight bytes, the first one highest; zeros where it has fewer.</summary>
    public static ulong HeadOf(ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        payload[..Math.Min(payload.Length, head.Length)].CopyTo(head);
        return BinaryPrimitives.ReadUInt64BigEndian(head);
    }

    /// <summary>Whether a message is a request of a protocol in which every request is answered, whatever its length.</summary>
    /// <param name="head">How it begins.</param>
    public static bool IsRequest(ulong head) => IsHttp(head)
        // A TLS ClientHello (RFC 8446 section 4.1.2), RESP's array of bulk strings, JSON-RPC.
        || ((head >> 48) == 0x1603 && ((head >> 16) & 0xff) == 1)
        || ((head >> 56) == '*' && IsDigit(head >> 48) && (head & 0xff) != 0 && HasCarriageReturn(head))
        || (head & 0xffff_ffff_ffff_ff00) == 0x7b22_6a73_6f6e_7200
        // SMB in its frame; PostgreSQL's start.
        || ((head & 0x00ff_ffff) is 0xff534d or 0xfe534d && (head >> 56) == 0)
        || (head & 0xffff_ffff) == 0x0003_0000;

    /// <summary>How long a message is if it is a request of a protocol whose requests say so in front, and are answered each; 0 when its
    /// beginning fits none.</summary>
    /// <param name="head">How it begins.</param>
    /// <param name="bytes">Its length as it seems; where its beginning fits two protocols, it is the one that fits this.</param>
    public static long RequestLength(ulong head, long bytes)
    {
        long modbus = (long)((head >> 16) & 0xffff) + 6, dns = (long)(head >> 48) + 2;
        long postgresql = (long)((head >> 24) & 0xffff_ffff) + 1, mysql = LittleLength(head) + 4;
        // Modbus: a transaction, protocol 0, the length of the rest, a unit, a function below 128. DNS over TCP (RFC 1035 section 4.2.2):
        // its length, and a query. PostgreSQL's simple query; MySQL's COM_QUERY.
        if (!(((head >> 32) & 0xffff) == 0 && modbus is >= 8 and <= 260 && (head & 0xff) is > 0 and < 0x80)) modbus = 0;
        if (!(dns >= 19 && ((head >> 16) & 0xf800) == 0 && (head & 0xffff) == 1)) dns = 0;
        if ((head >> 56) != 'Q') postgresql = 0;
        if (!(((head >> 24) & 0xff) == 3 && ((head >> 32) & 0xff) == 0)) mysql = 0;
        ReadOnlySpan<long> lengths = [modbus, dns, postgresql, mysql];
        return lengths.Contains(bytes) ? bytes : Math.Max(Math.Max(modbus, dns), Math.Max(postgresql, mysql));
    }

    /// <summary>Whether a message belongs to a protocol in which both sides say what they have, and neither asks.</summary>
    /// <remarks>BGP's marker (RFC 4271 section 4.1).</remarks>
    public static bool IsTalk(ulong head) => head == ulong.MaxValue;

    /// <summary>
    /// Whether a message is telnet's negotiation (RFC 854) or SSH's version (RFC 4253 section 4.2): a person sits there, as a rule.
    /// </summary>
    public static bool IsTerminal(ulong head) => (head >> 48) is >= 0xfffa and <= 0xfffe || (head >> 32) == 0x5353_482d;

    /// <summary>
    /// Whether a server's message is a line that begins with a status: three digits, as of SMTP and FTP (RFC 5321 section 4.2), POP3's
    /// <c>+OK</c> (RFC 1939), or IMAP's <c>*</c> (RFC 9051). Its replies may have many lines, and data.
    /// </summary>
    public static bool IsStatus(ulong head) => (IsDigit(head >> 56) && IsDigit((head >> 48) & 0xff) && IsDigit((head >> 40) & 0xff))
        || (head >> 40) == 0x2b4f4b || (head >> 32) == 0x2d455252 || (head >> 48) == 0x2a20;

    /// <summary>
    /// Whether a server's first message is a greeting, due as soon as somebody connects: a status line, SSH's version, MySQL's first packet
    /// (number 0, protocol 10), or VNC's version (RFC 6143 section 7.1.1).
    /// </summary>
    public static bool IsGreeting(ulong head) => IsStatus(head) || IsTerminal(head) || (head >> 40) == 0x524642
        || (((head >> 24) & 0xffff) == 0x000a && (head >> 56) != 0);

    /// <summary>Whether a server's message is IRC's: a prefix, or <c>PING</c> (RFC 2812 section 2.3).</summary>
    public static bool IsChat(ulong head) => (head >> 56) == ':' || (head >> 24) == 0x50_494e_4720;

    private static bool IsHttp(ulong head) => (head >> 32) is 0x4745_5420 or 0x504f_5354 or 0x4845_4144 or 0x5055_5420 or 0x4445_4c45
        or 0x4f50_5449 or 0x5041_5443 or 0x434f_4e4e or 0x5052_4f50;

    private static bool IsDigit(ulong value) => (value & 0xff) is >= '0' and <= '9';

    private static bool HasCarriageReturn(ulong head) => ((head >> 40) & 0xffff) == 0x0d0a || ((head >> 32) & 0xffff) == 0x0d0a;

    private static long LittleLength(ulong head) => (long)((head >> 56) | ((head >> 40) & 0xff00) | ((head >> 24) & 0xff_0000));
}
