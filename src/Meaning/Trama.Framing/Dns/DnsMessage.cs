using System.Buffers.Binary;

namespace Trama.Framing.Dns;

/// <summary>A message of DNS behind its length (RFC 1035 section 4.1), as far as it is there.</summary>
/// <param name="bytes">Its bytes, at least <see cref="HeaderSize"/>.</param>
internal readonly ref struct DnsMessage(ReadOnlySpan<byte> bytes)
{
    /// <summary>The bytes of a header.</summary>
    public const int HeaderSize = 12;

    private const int MaxName = 255;
    private const int MaxPointer = 0xc0;
    private const byte Ipv4Address = 1, Soa = 6, Ipv6Address = 28;

    // Type, class, time to live and length of a record.
    private const int RecordSize = 10;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Pairs a reply with its query.</summary>
    public ushort Identifier => Number(0);

    /// <summary>Whether it is a reply.</summary>
    public bool IsReply => (_bytes[2] & 0x80) != 0;

    /// <summary>What is asked: 0 for a query.</summary>
    public int Opcode => _bytes[2] >> 3 & 0xf;

    /// <summary>How it ended.</summary>
    public int Code => _bytes[3] & 0xf;

    /// <summary>How many questions it has.</summary>
    public ushort Questions => Number(4);

    /// <summary>How many answers.</summary>
    public ushort Answers => Number(6);

    // The bit of the header that is always zero (RFC 2535 took the others).
    private bool HasZero => (_bytes[3] & 0x40) == 0;

    private int Others => Number(8) + Number(10);

    /// <summary>Whether it is one for certain, of which there may be more bytes than these.</summary>
    /// <param name="length">How long it says that it is.</param>
    /// <param name="isReply">Which side says it.</param>
    public Likeness Judge(int length, bool isReply)
    {
        if (IsReply != isReply || !HasZero || DnsNames.Operation(Opcode) is null || Questions > 1) return Likeness.No;
        if (!isReply && Opcode == 0 && (Answers > 0 || Others > 3 || Questions == 0)) return Likeness.No;
        if (5 * Questions + 11 * (Answers + Others) > length - HeaderSize) return Likeness.No;
        if (Questions == 0) return isReply && Answers > 0 ? Likeness.Yes : Likeness.No;
        if (!TryQuestion(out int end, out ushort type, out ushort kind)) return end < 0 ? Likeness.No : Likeness.Open;
        return end <= length && type > 0 && kind is 1 or 3 or 4 or 254 or 255 ? Likeness.Yes : Likeness.No;
    }

    /// <summary>Its question, where it has one and all of it is there.</summary>
    /// <param name="end">The byte behind it; -1 where the name is none.</param>
    /// <param name="type">The type that is asked for.</param>
    /// <param name="kind">The class that is asked for.</param>
    public bool TryQuestion(out int end, out ushort type, out ushort kind)
    {
        (type, kind) = (0, 0);
        end = AfterName(HeaderSize, mayPoint: false);
        if (Questions == 0 || end < 0 || end + 4 > _bytes.Length) return false;
        (type, kind) = (Number(end), Number(end + 2));
        end += 4;
        return true;
    }

    /// <summary>Appends the name that is asked for.</summary>
    public void WriteName(ref ShortText text)
    {
        int at = HeaderSize;
        if (at < _bytes.Length && _bytes[at] == 0) text.Add("."u8);
        while (at < _bytes.Length && _bytes[at] is > 0 and < 64)
        {
            int length = Math.Min(_bytes[at], _bytes.Length - at - 1);
            if (at > HeaderSize) text.Add("."u8);
            text.Add(_bytes.Slice(at + 1, length));
            at += 1 + length;
        }
    }

    /// <summary>The serial numbers of the zone that its first and its last answer tell, where these are SOA (RFC 1035 section
    /// 3.3.13).</summary>
    /// <returns>False when the answers cannot be read.</returns>
    public bool TrySerials(out uint? first, out uint? last)
    {
        (first, last) = (null, null);
        int at = HeaderSize;
        if (Questions > 0 && !TryQuestion(out at, out _, out _)) return false;
        for (int i = 0; i < Answers; i++)
        {
            if (!TryRecord(ref at, out ushort type, out int content)) return false;
            last = type == Soa ? Serial(content) : null;
            if (i == 0) first = last;
        }

        return true;
    }

    /// <summary>The addresses among its answers (RFC 1035 section 3.4.1, RFC 3596), as many as can be read.</summary>
    /// <param name="most">The most that are wanted.</param>
    public IReadOnlyList<byte[]> Addresses(int most)
    {
        var found = new List<byte[]>();
        int at = HeaderSize;
        if (Questions > 0 && !TryQuestion(out at, out _, out _)) return found;
        for (int i = 0; i < Answers && found.Count < most && TryRecord(ref at, out ushort type, out int content); i++)
            if ((type, at - content) is (Ipv4Address, 4) or (Ipv6Address, 16)) found.Add(_bytes[content..at].ToArray());

        return found;
    }

    // Takes a record at a place, behind which it goes on then; its content lies between.
    private bool TryRecord(ref int at, out ushort type, out int content)
    {
        (type, content) = (0, 0);
        at = AfterName(at, mayPoint: true);
        if (at < 0 || at + RecordSize > _bytes.Length) return false;
        (type, content) = (Number(at), at + RecordSize);
        at = content + Number(at + 8);
        return at <= _bytes.Length;
    }

    // Two names come before it.
    private uint? Serial(int at)
    {
        for (int name = 0; name < 2 && at >= 0; name++) at = AfterName(at, mayPoint: true);
        return at < 0 || at + 4 > _bytes.Length ? null : BinaryPrimitives.ReadUInt32BigEndian(_bytes[at..]);
    }

    // Negative for what is no name; where it goes on behind the bytes, their length.
    private int AfterName(int at, bool mayPoint)
    {
        int start = at;
        while (at < _bytes.Length)
        {
            byte length = _bytes[at];
            if (length == 0) return at + 1;
            if (length >= MaxPointer) return mayPoint ? at + 2 : -1;
            if (length >= 64 || at - start > MaxName) return -1;
            if (_bytes[(at + 1)..Math.Min(_bytes.Length, at + 1 + length)].ContainsAnyInRange((byte)0, (byte)0x1f)) return -1;
            at += 1 + length;
        }

        return _bytes.Length;
    }

    private ushort Number(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]);
}
