namespace Trama.Framing.Smb2;

/// <summary>What every packet begins with ([MS-SMB2] section 2.1, RFC 1002 section 4.3): a type and a length; then what it holds says its
/// name.</summary>
internal static class SmbFrame
{
    /// <summary>The bytes of type and length.</summary>
    public const int Size = 4;

    /// <summary>The type of what holds messages.</summary>
    public const byte Message = 0;

    /// <summary>The type of what asks for a session, over NetBIOS.</summary>
    public const byte SessionRequest = 0x81;

    /// <summary>The type of what grants it.</summary>
    public const byte SessionGranted = 0x82;

    /// <summary>The type of what refuses it.</summary>
    public const byte SessionRefused = 0x83;

    /// <summary>The type of a sign of life.</summary>
    public const byte KeepAlive = 0x85;

    /// <summary>The first byte of SMB 2.</summary>
    public const byte Version2 = 0xfe;

    /// <summary>The first byte of SMB 1.</summary>
    public const byte Version1 = 0xff;

    private const byte Encrypted = 0xfd;
    private const byte Compressed = 0xfc;
    private const int Least = 32;
    private const int SessionRequestLength = 68;

    /// <summary>The bytes that follow type and length.</summary>
    public static int Length(ReadOnlySpan<byte> head) => head[1] << 16 | head[2] << 8 | head[3];

    /// <summary>Whether a packet of this type and length can come.</summary>
    public static bool IsValid(ReadOnlySpan<byte> head) => head[0] switch
    {
        Message => Length(head) >= Least,
        SessionRequest => Length(head) == SessionRequestLength,
        SessionGranted or KeepAlive => Length(head) == 0,
        SessionRefused => Length(head) == 1,
        _ => false,
    };

    /// <summary>Whether content names itself a message: of SMB 2 or 1, encrypted, compressed.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> content) =>
        content is [Version2 or Version1 or Encrypted or Compressed, (byte)'S', (byte)'M', (byte)'B', ..];

    /// <summary>Whether bytes begin with a packet.</summary>
    /// <param name="bytes">The bytes, at least one.</param>
    /// <param name="mayBeSession">Whether a request for a session is one.</param>
    public static Likeness Resembles(ReadOnlySpan<byte> bytes, bool mayBeSession)
    {
        if (bytes[0] != Message && !(mayBeSession && bytes[0] == SessionRequest)) return Likeness.No;
        if (bytes.Length < Size) return Likeness.Open;
        if (!IsValid(bytes)) return Likeness.No;
        if (bytes[0] != Message) return Likeness.Yes;
        ReadOnlySpan<byte> content = bytes[Size..];
        if (content.Length >= 4) return IsNamed(content) ? Likeness.Yes : Likeness.No;
        return content.IsEmpty || content[0] >= Compressed ? Likeness.Open : Likeness.No;
    }

    /// <summary>Whether bytes begin with a packet that can be told for certain, and how long it is.</summary>
    public static Likeness Judge(ReadOnlySpan<byte> bytes, out long length)
    {
        Likeness likeness = Resembles(bytes, mayBeSession: false);
        length = likeness == Likeness.Yes ? Size + Length(bytes) : 0;
        return likeness;
    }
}
