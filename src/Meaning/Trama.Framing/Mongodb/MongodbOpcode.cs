namespace Trama.Framing.Mongodb;

/// <summary>What a message is (MongoDB Wire Protocol, "Opcodes").</summary>
internal static class MongodbOpcode
{
    public const int Reply = 1;
    public const int Update = 2001;
    public const int Insert = 2002;
    public const int Query = 2004;
    public const int GetMore = 2005;
    public const int Delete = 2006;
    public const int KillCursors = 2007;
    public const int Compressed = 2012;
    public const int Message = 2013;

    /// <summary>Whether a number is one of these.</summary>
    public static bool IsKnown(int opcode) => opcode is Reply or Update or Insert or >= Query and <= KillCursors or Compressed or Message;

    /// <summary>Whether a message of a kind, which answers something or nothing, may be a server's; else it is a client's.</summary>
    public static bool MayReply(int opcode, int responseTo) => opcode == Reply || (opcode is Compressed or Message && responseTo != 0);

    /// <summary>Whether nothing answers a message of a kind.</summary>
    public static bool IsOneWay(int opcode) => opcode is Update or Insert or Delete or KillCursors;

    /// <summary>The name of a request of a kind that is older than commands.</summary>
    public static ReadOnlySpan<byte> Name(int opcode) => opcode switch
    {
        Update => "update"u8,
        Insert => "insert"u8,
        GetMore => "getMore"u8,
        Delete => "delete"u8,
        KillCursors => "killCursors"u8,
        _ => "query"u8,
    };
}
