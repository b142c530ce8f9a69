namespace Trama.Framing.Ldap;

/// <summary>What every message begins with (RFC 4511 section 4.1.1): a sequence, a number, an operation.</summary>
/// <param name="Length">The bytes of the whole message.</param>
/// <param name="Id">Its number.</param>
/// <param name="Operation">The tag of its operation.</param>
/// <param name="ContentAt">Where the operation's content begins.</param>
internal readonly record struct LdapHead(long Length, int Id, byte Operation, int ContentAt)
{
    /// <summary>The most bytes of it: tags, lengths, the number.</summary>
    public const int MaxSize = 6 + 6 + 6;

    private const byte Sequence = 0x30;
    private const byte Integer = 2;
    private const byte OctetString = 4;
    private const byte Enumerated = 0x0a;
    private const byte First = 0x80;
    private const long MaxLength = 0x0fff_ffff;

    /// <summary>Reads one, as far as the bytes go.</summary>
    public static FrameStatus Read(ReadOnlySpan<byte> bytes, out LdapHead head)
    {
        head = default;
        if (bytes[0] != Sequence) return FrameStatus.Unfit;
        FrameStatus status = BerReader.ReadHead(bytes, out int outer, out long length);
        if (status != FrameStatus.Complete) return status;
        if (length is < 5 or > MaxLength) return FrameStatus.Unfit;
        ReadOnlySpan<byte> rest = bytes[outer..];
        if (rest.IsEmpty) return FrameStatus.NeedMore;
        if (rest[0] != Integer) return FrameStatus.Unfit;
        if (rest.Length < 2) return FrameStatus.NeedMore;
        if (rest[1] is 0 or > 4) return FrameStatus.Unfit;
        int operationAt = outer + 2 + rest[1];
        if (bytes.Length <= operationAt) return FrameStatus.NeedMore;
        status = BerReader.ReadHead(bytes[operationAt..], out int inner, out long content);
        if (status != FrameStatus.Complete) return status;
        if (!LdapOperation.IsKnown(bytes[operationAt]) || operationAt + inner + content > outer + length) return FrameStatus.Unfit;
        head = new LdapHead(outer + length, (int)BerReader.Number(rest[2..(2 + rest[1])]), bytes[operationAt], operationAt + inner);
        return head.Id < 0 ? FrameStatus.Unfit : FrameStatus.Complete;
    }

    /// <summary>Whether bytes begin with a message that one side says and no other protocol, and how long it is.</summary>
    public static Likeness Judge(ReadOnlySpan<byte> bytes, Direction speaker, out long length)
    {
        FrameStatus status = Read(bytes, out LdapHead head);
        length = head.Length;
        if (status != FrameStatus.Complete) return status == FrameStatus.NeedMore && bytes.Length < MaxSize ? Likeness.Open : Likeness.No;
        if (LdapOperation.IsRequest(head.Operation) != (speaker == Direction.ToServer)) return Likeness.No;
        ReadOnlySpan<byte> content = bytes[Math.Min(head.ContentAt, bytes.Length)..];
        if (head.Operation == LdapOperation.Unbind) return head.Length == head.ContentAt ? Likeness.Yes : Likeness.No;
        if (content.IsEmpty) return Likeness.Open;
        bool fits = head.Operation switch
        {
            LdapOperation.Bind => content is [Integer] or [Integer, 1] or [Integer, 1, 2 or 3, ..],
            LdapOperation.Extended => content[0] == First,
            LdapOperation.Delete or LdapOperation.Abandon or LdapOperation.Intermediate => true,
            LdapOperation.SearchEntry or LdapOperation.Search or LdapOperation.Modify or LdapOperation.Add or LdapOperation.ModifyName
                or LdapOperation.Compare or LdapOperation.SearchReference => content[0] == OctetString,
            _ => content is [Enumerated] or [Enumerated, 1, ..],
        };
        return fits ? Likeness.Yes : Likeness.No;
    }
}
