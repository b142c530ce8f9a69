using System.Buffers.Binary;

namespace Trama.Framing.Amqp;

/// <summary>What every frame begins with (AMQP 0-9-1 specification, 4.2.3).</summary>
/// <param name="Type">What it holds.</param>
/// <param name="Channel">Which channel it belongs to; 0 for the connection.</param>
/// <param name="Length">The bytes of its payload, behind which one more ends it.</param>
internal readonly record struct AmqpFrame(byte Type, ushort Channel, uint Length)
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 7;

    /// <summary>The byte behind the payload.</summary>
    public const byte End = 0xce;

    /// <summary>A method with its arguments.</summary>
    public const byte Method = 1;

    /// <summary>The size and properties of content.</summary>
    public const byte Header = 2;

    /// <summary>A piece of content.</summary>
    public const byte Body = 3;

    /// <summary>A sign of life.</summary>
    public const byte Heartbeat = 8;

    // Both sides agree on a limit: 128 KiB where nothing else is wanted.
    private const uint MaxLength = 0x0fff_ffff;
    private const uint UsualMaxLength = 0x0100_0000;
    private const int HeaderLeast = 14;

    /// <summary>Whether it can come.</summary>
    public bool IsValid => Type switch
    {
        Method => Length is >= AmqpMethod.Size and <= MaxLength,
        Header => Length is >= HeaderLeast and <= MaxLength && Channel > 0,
        Body => Length <= MaxLength && Channel > 0,
        Heartbeat => Length == 0 && Channel == 0,
        _ => false,
    };

    /// <summary>Reads one from at least <see cref="Size"/> bytes.</summary>
    public static AmqpFrame Read(ReadOnlySpan<byte> bytes) =>
        new(bytes[0], BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[3..]));

    /// <summary>Whether bytes from the middle of a connection begin with a frame of this protocol and no other's.</summary>
    public static Likeness Resembles(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is not (Method or Heartbeat)) return Likeness.No;
        if (bytes.Length < Size) return Likeness.Open;
        AmqpFrame frame = Read(bytes);
        if (!frame.IsValid || frame.Length > UsualMaxLength) return Likeness.No;
        if (frame.Type == Heartbeat) return bytes.Length == Size ? Likeness.Open : bytes[Size] == End ? Likeness.Yes : Likeness.No;
        if (bytes.Length < Size + AmqpMethod.Size) return Likeness.Open;
        if (AmqpMethod.Find(bytes[Size..]) is null) return Likeness.No;
        return frame.Length >= bytes.Length - Size || bytes[Size + (int)frame.Length] == End ? Likeness.Yes : Likeness.No;
    }

    /// <summary>The first place in bytes that follow missing ones where a whole frame stands, and another one behind it or the end;
    /// -1 for none.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + Size < bytes.Length; at++)
        {
            AmqpFrame frame = Read(bytes[at..]);
            if (!frame.IsValid || frame.Length > UsualMaxLength) continue;
            long end = at + Size + frame.Length;
            if (end >= bytes.Length || bytes[(int)end] != End || !frame.Fits(bytes[(at + Size)..(int)end])) continue;
            ReadOnlySpan<byte> next = bytes[(int)(end + 1)..];
            if (next.IsEmpty || next[0] is Method or Header or Body or Heartbeat) return at;
        }

        return -1;
    }

    // Whether the payload begins as one of its type does.
    private bool Fits(ReadOnlySpan<byte> payload) => Type switch
    {
        Method => AmqpMethod.Find(payload) is not null,
        Header => payload is [0, 60, 0, 0, ..],
        _ => true,
    };
}
