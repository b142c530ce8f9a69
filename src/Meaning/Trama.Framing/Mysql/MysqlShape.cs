using Trama.Framing.Sql;

namespace Trama.Framing.Mysql;

/// <summary>Tells from some bytes whether they begin a packet of the protocol: its own bytes, or several things that agree.</summary>
internal static class MysqlShape
{
    private const int LongestGreeting = 512;
    private const int LongestUnseen = 1 << 20;
    private const int EnoughOfVersion = 5;
    private const int MostColumns = 4096;

    /// <summary>Whether they are a server's greeting.</summary>
    public static Likeness IsGreeting(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MysqlPacket.HeaderSize || Length(bytes) is <= 40 or >= LongestGreeting || bytes[3] != 0) return Likeness.No;
        if (bytes.Length == MysqlPacket.HeaderSize) return Likeness.Open;
        if (bytes[4] != MysqlHandshake.Version) return Likeness.No;
        ReadOnlySpan<byte> version = bytes[5..];
        int end = version.IndexOf((byte)0);
        if (end >= 0) version = version[..end];
        if (version.ContainsAnyExceptInRange((byte)' ', (byte)'~') || end is >= 0 and < EnoughOfVersion) return Likeness.No;
        return version.Length < EnoughOfVersion ? Likeness.Open : char.IsAsciiDigit((char)version[0]) ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Whether they are a client's answer to the greeting.</summary>
    public static Likeness IsLogin(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MysqlPacket.HeaderSize + MysqlHandshake.TlsRequestLength || bytes[3] is < 1 or > 3) return Likeness.No;
        bool fits = Length(bytes) is >= MysqlHandshake.TlsRequestLength and <= ushort.MaxValue;
        return fits && MysqlHandshake.IsLogin(bytes[MysqlPacket.HeaderSize..]) ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Whether they are a query, or a statement to prepare: nothing else looks like that.</summary>
    public static Likeness IsStatement(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 7 || bytes[3] != 0 || bytes[4] is not (MysqlCommand.Query or MysqlCommand.Prepare)) return Likeness.No;
        ReadOnlySpan<byte> text = bytes[5..];
        if (bytes[4] == MysqlCommand.Query && text[0] < ' ') text = QueryAttributes.Text(text, agreed: null);
        bool isOne = Length(bytes) < LongestUnseen && IsFollowed(bytes, isRequest: true) && SqlText.IsStatement(text);
        return isOne ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Whether they are a request of any kind.</summary>
    public static Likeness IsRequest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MysqlPacket.HeaderSize) return Likeness.No;
        bool fits = bytes[3] == 0 && Length(bytes) is > 0 and < LongestUnseen;
        if (bytes.Length == MysqlPacket.HeaderSize) return fits ? Likeness.Open : Likeness.No;
        if (IsStatement(bytes) == Likeness.Yes || IsLogin(bytes) == Likeness.Yes) return Likeness.Yes;
        return fits && MysqlCommand.Fits(bytes[4], Length(bytes)) && IsFollowed(bytes, isRequest: true) ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Whether they may be an answer in a login: one packet with a number that answers have there. Much else looks like
    /// that.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> bytes) =>
        bytes is [_, _, 0, 3 or 5 or 7, _, ..] && bytes.Length == MysqlPacket.HeaderSize + Length(bytes);

    /// <summary>Whether they are the beginning of a reply.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="request">What it answers; nothing answers an unknown one.</param>
    public static bool IsReply(ReadOnlySpan<byte> bytes, in MysqlRequest request)
    {
        if (bytes.Length <= MysqlPacket.HeaderSize || bytes[3] != request.Sequence) return false;
        if (request.Kind == MysqlRequestKind.Unknown) return false;
        int length = Length(bytes);
        ReadOnlySpan<byte> payload = bytes[MysqlPacket.HeaderSize..];
        if (payload.Length > length) payload = payload[..length];
        bool isAlone = bytes.Length == MysqlPacket.HeaderSize + length;
        return payload[..Math.Min(1, payload.Length)] switch
        {
            [0xff] => IsError(bytes),
            [0 or 0xfe] => length is 5 or >= 7 && isAlone || IsPrepared(bytes, length),
            [0xfb] => length > 1 && isAlone,
            [1] when request.Kind == MysqlRequestKind.Login => isAlone,
            [3] when length > 4 => payload.StartsWith("\u0003def"u8),
            [_] => IsColumnCount(bytes, payload, length),
            _ => false,
        };
    }

    /// <summary>Whether they are an error: nothing else looks like that.</summary>
    public static bool IsError(ReadOnlySpan<byte> bytes) =>
        bytes is [_, _, 0, _, 0xff, _, _, (byte)'#', >= (byte)'0' and <= (byte)'Z', >= (byte)'0' and <= (byte)'Z', ..]
        && IsFollowed(bytes, isRequest: false);

    /// <summary>Whether they are INIT_DB with a name, and nothing more.</summary>
    public static bool IsDatabase(ReadOnlySpan<byte> bytes) =>
        bytes is [_, 0, 0, 0, MysqlCommand.InitDb, _, ..] && bytes.Length == MysqlPacket.HeaderSize + Length(bytes)
        && !bytes[5..].ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private static bool IsPrepared(ReadOnlySpan<byte> bytes, int length) =>
        length is 12 or 13 && bytes.Length > MysqlPacket.HeaderSize + length + 9 && bytes[4] == 0 && bytes[4 + 9] == 0
        && IsDefinition(bytes[(MysqlPacket.HeaderSize + length)..], bytes[3] + 1);

    private static bool IsDefinition(ReadOnlySpan<byte> bytes, int sequence) =>
        bytes[3] == sequence && bytes[MysqlPacket.HeaderSize..].StartsWith("\u0003def"u8);

    // The first definition of a column follows, or rows where the client knows the definitions.
    private static bool IsColumnCount(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> payload, int length)
    {
        var fields = new MysqlFields(payload);
        long count = fields.Number();
        int next = MysqlPacket.HeaderSize + length;
        if (fields.IsBroken || count is 0 or > MostColumns || fields.Rest.Length > 1) return false;
        if (bytes.Length < next + MysqlPacket.HeaderSize) return false;
        return (fields.Rest is [0] && bytes[next + 3] == bytes[3] + 1) || IsDefinition(bytes[next..], bytes[3] + 1);
    }

    // Whether the packet ends with the bytes, or beyond them, or another one follows it.
    private static bool IsFollowed(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        int next = MysqlPacket.HeaderSize + Length(bytes);
        bool mayGoOn = !isRequest || bytes[4] is MysqlCommand.Query or MysqlCommand.Prepare or MysqlCommand.Execute;
        if (next >= bytes.Length) return next == bytes.Length || mayGoOn;
        return next + MysqlPacket.HeaderSize <= bytes.Length && bytes[next + 3] == (isRequest ? 0 : bytes[3] + 1);
    }

    private static int Length(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
