namespace Trama.Framing.Cassandra;

/// <summary>What a frame is (native_protocol_v4.spec section 2.4).</summary>
internal static class CassandraOpcode
{
    public const byte Error = 0;
    public const byte Startup = 1;
    public const byte Options = 5;
    public const byte Query = 7;
    public const byte Result = 8;
    public const byte Prepare = 9;
    public const byte Event = 12;

    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "ERROR", "STARTUP", "READY", "AUTHENTICATE", "", "OPTIONS", "SUPPORTED", "QUERY", "RESULT", "PREPARE", "EXECUTE", "REGISTER",
            "EVENT", "BATCH", "AUTH_CHALLENGE", "AUTH_RESPONSE", "AUTH_SUCCESS",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Whether a side says frames of a kind.</summary>
    public static bool IsOf(byte opcode, bool isResponse) =>
        isResponse ? opcode is 0 or 2 or 3 or 6 or 8 or 12 or 14 or 16 : opcode is 1 or 5 or 7 or 9 or 10 or 11 or 13 or 15;

    /// <summary>The name of a kind.</summary>
    public static ReadOnlySpan<byte> Name(byte opcode) => opcode < Names.Length ? Names[opcode] : default;

    /// <summary>The name of a kind of RESULT; empty when there is none with this number.</summary>
    public static ReadOnlySpan<byte> KindOfResult(int kind) => kind switch
    {
        1 => "void"u8,
        2 => "rows"u8,
        3 => "set keyspace"u8,
        4 => "prepared"u8,
        5 => "schema change"u8,
        _ => default,
    };
}
