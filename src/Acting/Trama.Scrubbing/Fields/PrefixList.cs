namespace Trama.Scrubbing.Fields;

/// <summary>
/// Prefixes one after the other, each a number of bits and as many bytes as these need (RFC 4271 section 4.3). Where two routers agreed on
/// it, which is said elsewhere, a number of a path is before each (RFC 7911 section 3).
/// </summary>
internal static class PrefixList
{
    private const int PathLength = 4, LabelBits = 24, LabelLength = 3, DistinguisherLength = 8;
    private const byte BottomOfStack = 1, AddressDistinguisher = 1;

    /// <summary>Notes them.</summary>
    /// <param name="list">All of them.</param>
    /// <param name="family">The family of their addresses.</param>
    /// <param name="hasLabels">Whether labels are before each (RFC 8277 section 2).</param>
    /// <param name="hasDistinguisher">Whether a route distinguisher is, too (RFC 4364 section 4.3.4).</param>
    public static void Read(MessageFields list, int family, bool hasLabels = false, bool hasDistinguisher = false)
    {
        int size = AddressFamily.Size(family);
        if (size == 0 || list.Bytes.IsEmpty) return;
        var layout = new Layout(size, hasLabels, hasDistinguisher);
        bool hasPaths = !Fits(list.Bytes, layout, hasPaths: false) && Fits(list.Bytes, layout, hasPaths: true);
        for (var fields = new FieldCursor(list.Bytes); TryTake(ref fields, list.Bytes, layout, hasPaths, out Prefix prefix);)
        {
            list.Keep(prefix.HeadAt, prefix.At - prefix.HeadAt);
            if (prefix.DistinguisherAt >= 0) ReadDistinguisher(list, prefix.DistinguisherAt);
            list.Prefix(prefix.At, prefix.Bits, size);
        }
    }

    /// <summary>Notes the address of a route distinguisher that has one (RFC 4364 section 4.2).</summary>
    public static void ReadDistinguisher(MessageFields message, int at)
    {
        if (at + DistinguisherLength <= message.Bytes.Length && message.Bytes[at] == 0 && message.Bytes[at + 1] == AddressDistinguisher)
            message.Address(at + 2, 4);
    }

    // To the end, no bit beyond a prefix set, and what stands for all addresses at most once.
    private static bool Fits(ReadOnlySpan<byte> list, Layout layout, bool hasPaths)
    {
        var fields = new FieldCursor(list);
        int all = 0;
        while (fields.Left > 0)
        {
            if (!TryTake(ref fields, list, layout, hasPaths, out Prefix prefix)) return false;
            if (prefix.Bits == 0 && ++all > 1) return false;
            if (prefix.Bits % 8 is > 0 and var bits && (list[prefix.At + prefix.Bits / 8] & 0xff >> bits) != 0) return false;
        }

        return true;
    }

    private static bool TryTake(ref FieldCursor fields, ReadOnlySpan<byte> list, Layout layout, bool hasPaths, out Prefix prefix)
    {
        prefix = default;
        if (fields.Left == 0) return false;
        int head = fields.At;
        if (hasPaths) fields.Take(PathLength);
        int bits = (int)fields.Big(1), distinguisher = -1;
        while (layout.HasLabels && bits >= LabelBits)
        {
            (int label, int taken) = fields.Take(LabelLength);
            bits -= LabelBits;
            // The last of a stack says so; what withdraws a route has one that says nothing.
            if (taken < LabelLength || (list[label + 2] & BottomOfStack) != 0 || list.Slice(label, 3) is [0x80, 0, 0] or [0, 0, 0]) break;
        }

        if (layout.HasDistinguisher && bits >= 8 * DistinguisherLength)
        {
            (distinguisher, _) = fields.Take(DistinguisherLength);
            bits -= 8 * DistinguisherLength;
        }

        if (bits > 8 * layout.Size) return false;
        (int from, _) = fields.Take((bits + 7) / 8);
        prefix = new Prefix(head, from, bits, distinguisher);
        return !fields.IsCut;
    }

    private readonly record struct Layout(int Size, bool HasLabels, bool HasDistinguisher);

    private readonly record struct Prefix(int HeadAt, int At, int Bits, int DistinguisherAt);
}
