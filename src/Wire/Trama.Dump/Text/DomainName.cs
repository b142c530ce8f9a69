namespace Trama.Dump.Text;

/// <summary>Walks domain names in a DNS message (RFC 1035, section 4.1.4). Offsets count from the start of the message.</summary>
internal static class DomainName
{
    /// <summary>What a walk returns when the name does not end within the captured bytes, or is none.</summary>
    public const int Broken = -1;

    private const int LongestName = 255;
    private const int KindMask = 0xc0, Pointer = 0xc0, Extended = 0x40, Reserved = 0x80;
    private const int BitLabel = 0x41;

    /// <summary>Where the name at <paramref name="at"/> ends, or <see cref="Broken"/>.</summary>
    public static int Skip(PacketBytes message, int at)
    {
        while (message.Has(at, 1))
        {
            int kind = message.U8(at++);
            switch (kind & KindMask)
            {
                case Pointer:
                    return at + 1;
                case Reserved:
                    return Broken;
                case Extended:
                    if (kind != BitLabel || !message.Has(at, 1)) return Broken;
                    at += 1 + BitLabelBytes(message.U8(at));
                    break;
                default:
                    if (kind == 0) return at;
                    at += kind;
                    break;
            }
        }

        return Broken;
    }

    /// <summary>Prints the name at <paramref name="at"/>.</summary>
    /// <returns>Where it ends, or <see cref="Broken"/>; what could be printed of it then has been.</returns>
    public static int Print(Dissection d, PacketBytes message, int at)
    {
        int end = Broken;
        int pointersBefore = at;
        int letters = 0;
        bool empty = true;
        while (true)
        {
            if (!message.Has(at, 1)) return Broken;
            int kind = message.U8(at);
            int size = LabelSize(d, message, at);
            if (size < 0) return Broken;
            at++;
            if (kind == 0) break;
            empty = false;
            if ((kind & KindMask) == Pointer)
            {
                if (end == Broken) end = at + 1;
                if (!message.Has(at, 1)) return Broken;
                int target = (kind << 8 | message.U8(at)) & 0x3fff;

                // A name may point only at what came before: so no chain of pointers goes round in circles.
                if (target >= pointersBefore)
                {
                    d.Print($"<BAD PTR>");
                    return Broken;
                }

                pointersBefore = target;
                at = target;
                continue;
            }

            if (kind == BitLabel)
            {
                if (!PrintBitLabel(d, message, at)) return Broken;
            }
            else
            {
                int shown = Math.Min(size, LongestName - letters);
                if (shown > 0 && !d.Output.AppendCounted(message, at, shown)) return Broken;
                letters += size;
            }

            at += size;
            if (letters <= LongestName) d.Print($".");
            letters++;
        }

        if (empty) d.Print($".");
        else if (letters > LongestName) d.Print($"<DOMAIN NAME TOO LONG>");
        return end == Broken ? at : end;
    }

    private static int LabelSize(Dissection d, PacketBytes message, int at)
    {
        int kind = message.U8(at);
        switch (kind & KindMask)
        {
            case Extended when kind != BitLabel:
                d.Print($"<ELT {kind & 0x3f}>");
                return -1;
            case Extended:
                return message.Has(at + 1, 1) ? 1 + BitLabelBytes(message.U8(at + 1)) : -1;
            case Reserved:
                d.Print($"<BAD LABEL TYPE>");
                return -1;
            default:
                return kind;
        }
    }

    private static int BitLabelBytes(int bits) => ((bits == 0 ? 256 : bits) + 7) / 8;

    /// <summary>Prints a label of bits (RFC 2673): <c>\[x0123/16]</c>.</summary>
    private static bool PrintBitLabel(Dissection d, PacketBytes message, int at)
    {
        int bits = message.U8(at++);
        if (bits == 0) bits = 256;
        d.Print($"\\[x");
        int left = bits;
        for (; left > 7 && message.Has(at, 1); left -= 8) d.Print($"{message.U8(at++):x2}");
        if (left > 7) return false;
        if (left > 4) d.Print($"{message.U8(at) & (0xff << 8 - left) & 0xff:x2}");
        else if (left > 0) d.Print($"{(message.U8(at) >> 4) & (0x0f << 4 - left) & 0x0f:x}");
        d.Print($"/{bits}]");
        return !d.IsCut;
    }
}
