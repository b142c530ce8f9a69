using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Tests.Mysql;

/// <summary>Writes packets of MySQL's protocol. In texts, <c>|</c> stands for NUL.</summary>
internal static class MysqlMessages
{
    /// <summary>What the client of these tests can do: protocol 4.1, secure connection, plugins, and the flags given.</summary>
    public const uint Usual = 1 | 1 << 9 | 1 << 13 | 1 << 15 | 1 << 19;

    public const uint DeprecateEof = 1 << 24;

    /// <summary>One packet.</summary>
    public static byte[] Packet(byte sequence, params byte[] payload) =>
        [(byte)payload.Length, (byte)(payload.Length >> 8), (byte)(payload.Length >> 16), sequence, .. payload];

    public static byte[] Join(params byte[][] packets) => [.. packets.SelectMany(packet => packet)];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text.Replace('|', '\0'));

    public static byte[] Greeting(string version, uint capabilities = uint.MaxValue) => Packet(
        0,
        [
            10, .. Text(version + "|"), 7, 0, 0, 0, .. "saltsalt"u8, 0, (byte)capabilities, (byte)(capabilities >> 8), 45, 2, 0,
            (byte)(capabilities >> 16), (byte)(capabilities >> 24), 21, .. new byte[10], .. "saltsaltsalt\0"u8,
            .. "mysql_native_password\0"u8,
        ]);

    public static byte[] Login(uint capabilities, byte sequence = 1) =>
        Packet(sequence, [.. LoginHead(capabilities | 8), .. Text("ana|"), 4, .. "hash"u8, .. Text("shop|mysql_native_password|")]);

    public static byte[] TlsRequest(uint capabilities) => Packet(1, LoginHead(capabilities | 1 << 11));

    public static byte[] Command(byte command, string text = "") => Packet(0, [command, .. Text(text)]);

    public static byte[] Query(string statement) => Command(3, statement);

    /// <summary>STMT_EXECUTE of an identifier.</summary>
    public static byte[] Execute(uint id) => Packet(0, [23, .. Number(id), 0, 1, 0, 0, 0]);

    public static byte[] Ok(byte sequence = 1, byte affected = 0, byte flags = 2) => Packet(sequence, 0, affected, 0, flags, 0, 0, 0);

    public static byte[] Error(byte sequence, ushort number, string state, string text) =>
        Packet(sequence, [0xff, (byte)number, (byte)(number >> 8), .. Text($"#{state}{text}")]);

    /// <summary>The answer to STMT_PREPARE, with its definitions.</summary>
    public static byte[] Prepared(uint id, byte parameters, byte columns, bool hasEnds)
    {
        byte sequence = 1;
        var packets = new List<byte[]> { Packet(sequence++, [0, .. Number(id), columns, 0, parameters, 0, 0, 0, 0]) };
        foreach (byte count in new[] { parameters, columns })
        {
            for (int i = 0; i < count; i++) packets.Add(Definition(sequence++));
            if (hasEnds && count > 0) packets.Add(Packet(sequence++, 0xfe, 0, 0, 2, 0));
        }

        return Join([.. packets]);
    }

    /// <summary>A result of one column.</summary>
    public static byte[] Rows(int rows, bool hasEnds, byte sequence = 1, byte flags = 2, byte columns = 1)
    {
        var packets = new List<byte[]> { Packet(sequence++, columns) };
        for (int i = 0; i < columns; i++) packets.Add(Definition(sequence++));
        if (hasEnds) packets.Add(Packet(sequence++, 0xfe, 0, 0, flags, 0));
        byte[] row = [.. Enumerable.Repeat((byte)1, columns).SelectMany(one => new byte[] { one, (byte)'x' })];
        for (int i = 0; i < rows; i++) packets.Add(Packet(sequence++, row));
        packets.Add(hasEnds ? Packet(sequence, 0xfe, 0, 0, flags, 0) : Packet(sequence, 0xfe, 0, 0, flags, 0, 0, 0));
        return Join([.. packets]);
    }

    public static byte[] Definition(byte sequence) =>
        Packet(sequence, [3, .. "def"u8, 0, 0, 0, 1, (byte)'a', 0, 12, 63, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0]);

    /// <summary>The four bytes of an identifier.</summary>
    public static byte[] Number(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] LoginHead(uint capabilities) => [.. Number(capabilities), 0, 0, 0, 1, 45, .. new byte[23]];
}
