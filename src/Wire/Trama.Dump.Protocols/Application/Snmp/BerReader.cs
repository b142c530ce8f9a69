namespace Trama.Dump.Protocols.Application.Snmp;

/// <summary>Reads and prints values of the basic encoding rules; says on the line what is wrong with one.</summary>
internal static class BerReader
{
    private const int Universal = 0, Application = 1, Context = 2, Private = 3;

    private static readonly string[] UniversalNames =
    [
        "U-0", "Boolean", "Integer", "Bitstring", "String", "Null", "OID", "OD", "External", "Real", "Enum", "Embedded PDV", "U-12", "U-13",
        "U-14", "U-15", "Sequence", "Set",
    ];

    private static readonly string[] ApplicationNames = ["IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"];

    private static readonly string[] PduNames =
        ["GetRequest", "GetNextRequest", "GetResponse", "SetRequest", "Trap", "GetBulk", "Inform", "V2Trap", "Report"];

    private static readonly string[] ExceptionNames = ["noSuchObject", "noSuchInstance", "endOfMibView"];

    /// <summary>Reads the value at the start of <paramref name="bytes"/>.</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="length">How many there should be.</param>
    /// <param name="element">The value.</param>
    /// <returns>How many bytes it took; -1, and the reason printed, when there is none.</returns>
    public static int Read(Dissection d, PacketBytes bytes, int length, out BerElement element)
    {
        element = default;
        if (length < 1)
        {
            d.Print($"[nothing to parse]");
            return -1;
        }

        int tag = bytes.U8(0), id = tag & 0x1f, tagClass = tag >> 6, at = 1;
        bool constructed = (tag & 0x20) != 0;
        if (id == 0x1f)
        {
            id = 0;
            int octet;
            do
            {
                if (at >= length || d.IsCut)
                {
                    d.Print($"[Xtagfield?]");
                    return -1;
                }

                octet = bytes.U8(at++);
                id = (id << 7 | octet & 0x7f) & 0xff;
            }
            while ((octet & 0x80) != 0);
        }

        if (at >= length)
        {
            d.Print($"[no asnlen]");
            return -1;
        }

        uint contentLength = bytes.U8(at++);
        if ((contentLength & 0x80) != 0)
        {
            int octets = (int)(contentLength & 0x7f);
            contentLength = 0;
            if (length - at < octets)
            {
                d.Print($"[asnlen? {length - at}<{octets}]");
                return -1;
            }

            if (!bytes.Has(at, octets))
            {
                d.Truncated();
                return -1;
            }

            for (; octets > 0; octets--) contentLength = contentLength << 8 | bytes.U8(at++);
        }

        if (contentLength > length - at)
        {
            d.Print($"[len{length - at}<asnlen{contentLength}]");
            return -1;
        }

        string[] names = tagClass switch
        {
            Universal => UniversalNames,
            Application => ApplicationNames,
            Context => PduNames,
            _ =>
            ["P-0"]
        };
        if (id >= names.Length)
        {
            d.Print($"[id?{(constructed ? 'C' : 'P')}/{ClassName(tagClass)}/{id}]");
            return -1;
        }

        if (!bytes.Has(at, (int)contentLength))
        {
            d.Truncated();
            return -1;
        }

        BerKind kind = constructed ? ConstructedKind(tagClass, id) : PrimitiveKind(tagClass, id);
        if (kind == BerKind.Octets) PrintOddity(d, constructed, tagClass, names[id]);
        if (kind == BerKind.Integer && contentLength == 0)
        {
            d.Print($"[asnlen=0]");
            return -1;
        }

        element = new BerElement(kind, id, bytes.From(at).First((int)contentLength));
        return at + (int)contentLength;
    }

    /// <summary>Prints a value.</summary>
    public static void Print(Dissection d, BerElement element)
    {
        switch (element.Kind)
        {
            case BerKind.Octets:
                PrintOctets(d, element);
                break;
            case BerKind.ObjectId:
                PrintObjectId(d, element.Content.Captured);
                break;
            case BerKind.Integer:
                d.Print($"{element.Integer}");
                break;
            case BerKind.Unsigned:
                d.Print($"{(uint)element.Unsigned}");
                break;
            case BerKind.Unsigned64:
                d.Print($"{element.Unsigned}");
                break;
            case BerKind.String:
                PrintString(d, element);
                break;
            case BerKind.Sequence:
                d.Print($"Seq({element.Content.Length})");
                break;
            case BerKind.Address:
                if (element.Content.Length != 4) d.Print($"[inetaddr len!=4]");
                for (int i = 0; i < element.Content.Length; i++) d.Print($"{(i > 0 ? "." : "")}{element.Content.U8(i)}");
                break;
            case BerKind.Exception:
                d.Print($"[{ExceptionNames[element.Id]}]");
                break;
            case BerKind.Pdu:
                d.Print($"{PduNames[element.Id]}({element.Content.Length})");
                break;
        }
    }

    /// <summary>Prints bytes in hexadecimal, each after an underscore.</summary>
    public static void PrintOctets(Dissection d, BerElement element)
    {
        foreach (byte octet in element.Content.Captured) d.Print($"_{octet:x2}");
    }

    /// <summary>Prints a string: as text when all of it is, else in hexadecimal.</summary>
    public static void PrintString(Dissection d, BerElement element)
    {
        ReadOnlySpan<byte> text = element.Content.Captured;
        if (!text.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e))
        {
            d.Print($"\"{text:s}\"");
            return;
        }

        for (int i = 0; i < text.Length; i++) d.Print($"{(i > 0 ? "_" : "")}{text[i]:x2}");
    }

    /// <summary>Prints an identifier with dots; its first number holds the first two (X.690 section 8.19).</summary>
    private static void PrintObjectId(Dissection d, ReadOnlySpan<byte> content)
    {
        int part = 0;
        bool first = true;
        foreach (byte octet in content)
        {
            part = (part << 7) + (octet & 0x7f);
            if ((octet & 0x80) != 0) continue;
            if (first)
            {
                int root = Math.Min(part / 40, 2);
                d.Print($".{(uint)root}");
                part -= root * 40;
                first = false;
            }

            d.Print($".{(uint)part}");
            part = 0;
        }
    }

    private static void PrintOddity(Dissection d, bool constructed, int tagClass, string name)
    {
        if (!constructed) d.Print($"[P/{(tagClass == Universal ? "U" : tagClass == Application ? "A" : ClassName(tagClass))}/{name}]");
        else d.Print($"C/{(tagClass == Universal ? "U" : ClassName(tagClass))}/{name}");
    }

    private static BerKind PrimitiveKind(int tagClass, int id) => (tagClass, id) switch
    {
        (Universal, 2) => BerKind.Integer,
        (Universal, 4) => BerKind.String,
        (Universal, 5) => BerKind.Null,
        (Universal, 6) => BerKind.ObjectId,
        (Application, 0) => BerKind.Address,
        (Application, 1 or 2 or 3) => BerKind.Unsigned,
        (Application, 6) => BerKind.Unsigned64,
        (Context, 0 or 1 or 2) => BerKind.Exception,
        _ => BerKind.Octets,
    };

    private static BerKind ConstructedKind(int tagClass, int id) => (tagClass, id) switch
    {
        (Universal, 16) => BerKind.Sequence,
        (Context, _) => BerKind.Pdu,
        _ => BerKind.Octets,
    };

    private static string ClassName(int tagClass) => tagClass switch
    {
        Universal => "Universal",
        Application => "Application",
        Context => "Context",
        Private => "Private",
        _ => "Exceptions",
    };
}
