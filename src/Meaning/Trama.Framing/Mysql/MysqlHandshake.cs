using System.Buffers.Binary;

namespace Trama.Framing.Mysql;

/// <summary>Reads what both sides say before the first command: the server's greeting (version 10) and the client's answer.</summary>
internal static class MysqlHandshake
{
    /// <summary>The first byte of the greeting.</summary>
    public const byte Version = 10;

    /// <summary>The length of a client's answer that asks for TLS: its fixed fields, and nothing behind them.</summary>
    public const int TlsRequestLength = 32;

    private const int FillerAt = 9;
    private const int FillerLength = 19;
    private const int MariaAt = 28;

    // MariaDB puts this before its version, so that old replicas take it for one of theirs.
    private static ReadOnlySpan<byte> Disguise => "5.5.5-"u8;

    /// <summary>Reads the greeting.</summary>
    /// <param name="payload">The payload of the packet.</param>
    /// <param name="version">The server's version.</param>
    public static MysqlCapabilities ReadGreeting(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> version)
    {
        var fields = new MysqlFields(payload[1..]);
        version = fields.Text();
        if (version.StartsWith(Disguise)) version = version[Disguise.Length..];
        fields.Take(4 + 8 + 1);
        ulong capabilities = fields.U16();
        fields.Take(1 + 2);
        capabilities |= (ulong)fields.U16() << 16;
        fields.Take(1 + 6);
        ulong own = fields.U32();
        if ((capabilities & (ulong)MysqlCapabilities.LongPassword) == 0) capabilities |= own << 32;
        return (MysqlCapabilities)capabilities;
    }

    /// <summary>Whether a payload is the client's answer to the greeting, as far as it goes.</summary>
    public static bool IsLogin(ReadOnlySpan<byte> payload) =>
        payload.Length >= TlsRequestLength && (Capabilities(payload) & MysqlCapabilities.Protocol41) != 0
        && !payload.Slice(FillerAt, FillerLength).ContainsAnyExcept((byte)0);

    /// <summary>What the client can do, by its answer.</summary>
    public static MysqlCapabilities Capabilities(ReadOnlySpan<byte> login)
    {
        ulong capabilities = BinaryPrimitives.ReadUInt32LittleEndian(login);
        if ((capabilities & (ulong)MysqlCapabilities.LongPassword) == 0)
            capabilities |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(login[MariaAt..]) << 32;
        return (MysqlCapabilities)capabilities;
    }

    /// <summary>Writes who logs in and to what; never how.</summary>
    public static void WriteLogin(ReadOnlySpan<byte> login, MysqlCapabilities capabilities, ref ShortText text)
    {
        var fields = new MysqlFields(login[TlsRequestLength..]);
        WriteUser(ref fields, ref text);
        if ((capabilities & MysqlCapabilities.LongAnswer) != 0) fields.Take(fields.Number());
        else if ((capabilities & MysqlCapabilities.SecureConnection) != 0) fields.Take(fields.U8());
        else fields.Text();
        if ((capabilities & MysqlCapabilities.ConnectWithDatabase) != 0) WriteDatabase(ref fields, ref text);
    }

    /// <summary>Writes to whom COM_CHANGE_USER changes.</summary>
    public static void WriteChange(ReadOnlySpan<byte> command, ref ShortText text)
    {
        var fields = new MysqlFields(command[1..]);
        WriteUser(ref fields, ref text);
        fields.Take(fields.U8());
        WriteDatabase(ref fields, ref text);
    }

    private static void WriteUser(ref MysqlFields fields, ref ShortText text)
    {
        text.Add(" user="u8);
        text.Add(fields.Text());
    }

    private static void WriteDatabase(ref MysqlFields fields, ref ShortText text)
    {
        ReadOnlySpan<byte> database = fields.Text();
        if (database.IsEmpty) return;
        text.Add(" database="u8);
        text.Add(database);
    }
}
