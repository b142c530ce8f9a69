using System.Buffers.Binary;
using System.Text;
using Trama.Framing.Dns;
using Trama.Framing.Memcached;
using Trama.Replay.Adapting.Dns;

namespace Trama.Replay.Adapting.Refusing;

/// <summary>Errors of binary protocols; null where a request is not one that can be refused so.</summary>
internal static class BinaryRefusals
{
    private const string NotRecorded = "not recorded";

    /// <summary>PostgreSQL: ErrorResponse, and ReadyForQuery where the request ends so ("Message Formats").</summary>
    /// <param name="code">The SQLSTATE.</param>
    /// <param name="text">What is said.</param>
    /// <param name="status">The status of the transaction; null when ReadyForQuery is not due.</param>
    public static byte[] Postgresql(string code, string text, byte? status)
    {
        byte[] fields = Encoding.UTF8.GetBytes($"SERROR\0VERROR\0C{code}\0M{text}\0\0");
        byte[] ready = status is { } known ? [(byte)'Z', 0, 0, 0, 5, known] : [];
        return [(byte)'E', .. BigEndian(fields.Length + 4), .. fields, .. ready];
    }

    /// <summary>MySQL: ERR_Packet with ER_UNKNOWN_ERROR, to a command.</summary>
    public static byte[]? Mysql(ReadOnlySpan<byte> asked)
    {
        if (asked.Length < 5 || asked[3] != 0) return null;
        byte[] said = [0xff, 0x51, 0x04, .. Encoding.ASCII.GetBytes($"#HY000{NotRecorded}")];
        return [(byte)said.Length, 0, 0, 1, .. said];
    }

    /// <summary>memcached's binary protocol: "Unknown command", with the number of the request.</summary>
    public static byte[]? Memcached(ReadOnlySpan<byte> asked)
    {
        if (asked.Length < MemcachedHeader.Size) return null;
        byte[] refusal = new byte[MemcachedHeader.Size];
        (refusal[0], refusal[1], refusal[7]) = (MemcachedHeader.Reply, asked[1], 0x81);
        asked[12..16].CopyTo(refusal.AsSpan(12));
        return refusal;
    }

    /// <summary>MongoDB: CommandNotFound in an OP_MSG, to a command in one (MongoDB Wire Protocol).</summary>
    public static byte[]? Mongodb(ReadOnlySpan<byte> asked)
    {
        const int header = 16, message = 2013;
        if (asked.Length < header) return null;
        byte[] ok = [1, .. "ok\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] text = [2, .. "errmsg\0"u8, (byte)(NotRecorded.Length + 1), 0, 0, 0, .. Encoding.ASCII.GetBytes(NotRecorded), 0];
        byte[] document = [.. ok, .. text, 0x10, .. "code\0"u8, 59, 0, 0, 0, 0];
        byte[] refusal = [.. new byte[header], 0, 0, 0, 0, 0, .. BitConverter.GetBytes(document.Length + 4), .. document];
        BinaryPrimitives.WriteInt32LittleEndian(refusal, refusal.Length);
        asked[4..8].CopyTo(refusal.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(refusal.AsSpan(12), message);
        return refusal;
    }

    /// <summary>DNS: REFUSED, with the question (RFC 1035 section 4.1.1).</summary>
    public static byte[]? Dns(ReadOnlySpan<byte> asked)
    {
        if (asked.Length < DnsStream.LengthSize + DnsMessage.HeaderSize) return null;
        byte[] question = asked[DnsStream.LengthSize..].ToArray();
        Range name = DnsParts.Question(question);
        int end = name.Equals(default) ? DnsMessage.HeaderSize : name.End.Value + 4;
        if (end > question.Length) return null;
        byte[] refusal = question[..end];
        (refusal[2], refusal[3]) = ((byte)(refusal[2] & 0x79 | 0x80), 5);
        refusal.AsSpan(4, 8).Clear();
        refusal[5] = (byte)(name.Equals(default) ? 0 : 1);
        return [(byte)(end >> 8), (byte)end, .. refusal];
    }

    /// <summary>Modbus: an illegal function (MODBUS Application Protocol, section 7).</summary>
    public static byte[]? Modbus(ReadOnlySpan<byte> asked) => asked.Length < 8 ? null
        : [asked[0], asked[1], 0, 0, 0, 3, asked[6], (byte)(asked[7] | 0x80), 1];

    /// <summary>Cassandra: ERROR with a server error, of versions without segments (native_protocol_v4.spec, section 9).</summary>
    public static byte[]? Cassandra(ReadOnlySpan<byte> asked) => asked.Length < 9 || asked[0] is < 3 or > 4 ? null
        : [(byte)(asked[0] | 0x80), 0, asked[2], asked[3], 0, .. BigEndian(6 + NotRecorded.Length), 0, 0, 0, 0, 0,
            (byte)NotRecorded.Length, .. Encoding.ASCII.GetBytes(NotRecorded)];

    /// <summary>LDAP: unwillingToPerform (RFC 4511 section 4.1.9), to a request that has a reply.</summary>
    public static byte[]? Ldap(ReadOnlySpan<byte> asked)
    {
        int length = asked.Length > 2 && asked[1] >= 0x80 ? asked[1] - 0x80 : 0, at = 2 + length;
        if (length > 4 || asked.Length < at + 3 || asked[at] != 2 || asked[at + 1] is 0 or > 4) return null;
        ReadOnlySpan<byte> number = asked.Slice(at, 2 + asked[at + 1]);
        int operation = at + number.Length;
        if (operation >= asked.Length || ReplyTo(asked[operation]) is not { } reply) return null;
        byte[] result = [0x0a, 1, 53, 4, 0, 4, (byte)NotRecorded.Length, .. Encoding.ASCII.GetBytes(NotRecorded)];
        return [0x30, (byte)(number.Length + 2 + result.Length), .. number, reply, (byte)result.Length, .. result];
    }

    // Of each request its reply; a search ends with a message of its own.
    private static byte? ReplyTo(byte operation) => operation switch
    {
        0x60 => 0x61,
        0x63 => 0x65,
        0x66 => 0x67,
        0x68 => 0x69,
        0x4a => 0x6b,
        0x6c => 0x6d,
        0x6e => 0x6f,
        0x77 => 0x78,
        _ => null,
    };

    private static byte[] BigEndian(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
