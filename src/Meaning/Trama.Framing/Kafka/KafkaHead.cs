using System.Buffers.Binary;

namespace Trama.Framing.Kafka;

/// <summary>What every request begins with: its length, api, version and number, and the name that the client gives itself.</summary>
/// <param name="Length">The bytes that follow the length.</param>
/// <param name="Api">Which request it is.</param>
/// <param name="Version">In which version.</param>
/// <param name="Correlation">The number that the reply repeats.</param>
internal readonly record struct KafkaHead(int Length, short Api, short Version, int Correlation)
{
    /// <summary>The length of what stands before the client's name.</summary>
    public const int Size = 12;

    /// <summary>The bytes of the length.</summary>
    public const int LengthSize = 4;

    /// <summary>The longest message that is believed: a broker takes 100 MiB unless it is told otherwise.</summary>
    public const int MaxLength = 0x3fff_ffff;

    // A name is the configuration's: short, in letters and signs.
    private const int NameAt = Size + 2;
    private const int LongestName = 255;
    private const int None = -1;
    private const int MostAcks = -1;

    // A broker that is asked in a version it does not know answers; a client may be newer than this table.
    private const int NewerVersions = 8;

    /// <summary>Reads a head from at least <see cref="Size"/> bytes.</summary>
    public static KafkaHead Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32BigEndian(bytes),
        BinaryPrimitives.ReadInt16BigEndian(bytes[4..]),
        BinaryPrimitives.ReadInt16BigEndian(bytes[6..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[8..]));

    /// <summary>Whether api, version and length are such as a client sends.</summary>
    public bool IsValid =>
        Length is >= Size - LengthSize and <= MaxLength && KafkaApis.Find(Api) is { } api
        && Version >= 0 && (Version <= api.Latest + NewerVersions || Api == KafkaApis.ApiVersions);

    /// <summary>Whether the first bytes of a connection are a request.</summary>
    /// <param name="bytes">The bytes, at least one.</param>
    /// <param name="isHinted">Whether a request without a name is enough.</param>
    public static Likeness Resembles(ReadOnlySpan<byte> bytes, bool isHinted)
    {
        if (bytes.Length < NameAt)
        {
            // The first request is short: lengths, and apis and versions too, have zeros where text has none.
            bool mayBe = bytes[0] == 0 && (bytes.Length < 5 || bytes[4] == 0) && (bytes.Length < 7 || bytes[6] == 0);
            return mayBe && (bytes.Length < Size || Read(bytes).IsValid) ? Likeness.Open : Likeness.No;
        }

        KafkaHead head = Read(bytes);
        if (bytes[0] != 0 || !head.IsValid || !Names(bytes, head.Length, out int length)) return Likeness.No;
        if (head.Api == KafkaApis.Produce && !MayBeProduce(bytes, head)) return Likeness.No;
        // Without a name it is like much else, but for the first thing that clients of today say.
        bool isNamed = length > 0 || isHinted || (length == None && head.Length == bytes.Length - LengthSize);
        return isNamed ? Likeness.Yes : Likeness.No;
    }

    /// <summary>The first place in bytes that follow missing ones where a request surely begins; -1 for none.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + NameAt <= bytes.Length; at++)
        {
            if (!Begins(bytes[at..], out long length, out bool isNamed)) continue;
            long end = at + LengthSize + length;
            if (end == bytes.Length || (end > bytes.Length ? at == 0 && isNamed : MayFollow(bytes[(int)end..]))) return at;
        }

        return -1;
    }

    private static bool MayFollow(ReadOnlySpan<byte> bytes) => Resembles(bytes, isHinted: true) != Likeness.No;

    private static bool Begins(ReadOnlySpan<byte> bytes, out long length, out bool isNamed)
    {
        KafkaHead head = Read(bytes);
        (length, isNamed) = (head.Length, false);
        if (!head.IsValid || !Names(bytes, head.Length, out int name) || name == 0) return false;
        if (head.Api == KafkaApis.Produce && !MayBeProduce(bytes, head)) return false;
        isNamed = name > 0;
        return true;
    }

    // The number of a reply, where it is small, looks like this api in some version, and a topic in it like the name.
    private static bool MayBeProduce(ReadOnlySpan<byte> bytes, KafkaHead head)
    {
        var walk = default(KafkaWalk);
        walk.Begin(KafkaApis.Find(head.Api)!.RequestLayout(head.Version));
        for (bytes = bytes[Size..]; walk.TryNext(ref bytes, out KafkaMeaning meaning);)
        {
            if (meaning == KafkaMeaning.Acks && walk.Number is < MostAcks or > 1) return false;
            if (meaning is KafkaMeaning.Topic or KafkaMeaning.TopicId) return !walk.Bytes.IsEmpty;
        }

        return bytes.IsEmpty && !walk.IsOver;
    }

    // Whether a name follows, or none, as far as the bytes go.
    private static bool Names(ReadOnlySpan<byte> bytes, int length, out int name)
    {
        name = BinaryPrimitives.ReadInt16BigEndian(bytes[Size..]);
        if (name is < None or > LongestName || NameAt - LengthSize + Math.Max(name, 0) > length) return false;
        ReadOnlySpan<byte> letters = bytes.Slice(NameAt, Math.Clamp(name, 0, bytes.Length - NameAt));
        return !letters.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }
}
