using System.Buffers.Binary;

namespace Trama.Scrubbing.Content;

/// <summary>How a binary protocol says how long its frames are, and how many bytes of each are numbers: lengths, types, ids.</summary>
/// <param name="Head">How many bytes at the beginning of a frame are numbers.</param>
/// <param name="LengthAt">Where the length is.</param>
/// <param name="LengthSize">How many bytes it has; 0 for none that is known here, and a frame as long as the message.</param>
/// <param name="More">How many bytes a frame has that its length does not count.</param>
/// <param name="IsLittleEndian">Whether its last byte is the greatest.</param>
internal readonly record struct FrameShape(int Head, int LengthAt = 0, int LengthSize = 0, int More = 0, bool IsLittleEndian = false)
{
    private const int Smb1Head = 36, Smb2Head = 68, MemcachedHead = 24;

    // Each as its protocol's specification has it; of DNS RFC 1035 section 4.2.2, of BGP RFC 4271 section 4.1.
    private static readonly Dictionary<string, FrameShape> Shapes = new()
    {
        ["postgresql"] = new(5, LengthAt: 1, LengthSize: 4, More: 1),
        ["mysql"] = new(5, LengthAt: 0, LengthSize: 3, More: 4, IsLittleEndian: true),
        ["mongodb"] = new(21, LengthAt: 0, LengthSize: 4, IsLittleEndian: true),
        ["kafka"] = new(12, LengthAt: 0, LengthSize: 4, More: 4),
        ["cassandra"] = new(9, LengthAt: 5, LengthSize: 4, More: 9),
        ["amqp"] = new(11, LengthAt: 3, LengthSize: 4, More: 8),
        ["dns"] = new(14, LengthAt: 0, LengthSize: 2, More: 2),
        ["modbus"] = new(8, LengthAt: 4, LengthSize: 2, More: 6),
        ["tds"] = new(8, LengthAt: 2, LengthSize: 2),
        ["bgp"] = new(19, LengthAt: 16, LengthSize: 2),
        // Packets before keys are agreed on (RFC 4253 section 6); later ones only the first bytes of.
        ["ssh"] = new(6, LengthAt: 0, LengthSize: 4, More: 4),
        ["mqtt"] = new(2),
        // What SASL wrapped has its length in front (RFC 4422 section 3.7); all else of LDAP is read as what it is.
        ["ldap"] = new(4),
    };

    /// <summary>That of a protocol; nothing is known of those of text, and of unknown ones.</summary>
    public static FrameShape Of(string? protocol, ReadOnlySpan<byte> message) => protocol switch
    {
        null => default,
        "smb2" => new(message.Length > 4 && message[4] == 0xff ? Smb1Head : Smb2Head, LengthAt: 1, LengthSize: 3, More: 4),
        "memcached" => message is [0x80 or 0x81, ..] ? new(MemcachedHead, LengthAt: 8, LengthSize: 4, More: MemcachedHead) : default,
        // The first message of a client has no type (PostgreSQL, message formats); what begins AMQP is no frame.
        "postgresql" when message is [0, ..] => new(8),
        "amqp" when message is [(byte)'A', ..] => new(8),
        _ => Shapes.GetValueOrDefault(protocol),
    };

    /// <summary>How many bytes the frame has that begins here, at least one.</summary>
    public int Measure(ReadOnlySpan<byte> bytes)
    {
        if (LengthSize == 0 || bytes.Length < LengthAt + LengthSize) return bytes.Length;
        Span<byte> number = stackalloc byte[sizeof(uint)];
        number.Clear();
        bytes.Slice(LengthAt, LengthSize).CopyTo(IsLittleEndian ? number : number[^LengthSize..]);
        uint length = IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(number) : BinaryPrimitives.ReadUInt32BigEndian(number);
        return (int)Math.Clamp((long)length + More, Math.Min(Math.Max(1, Head), bytes.Length), bytes.Length);
    }
}
