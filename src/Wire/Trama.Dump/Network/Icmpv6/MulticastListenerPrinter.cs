namespace Trama.Dump.Network.Icmpv6;

/// <summary>Prints multicast listener discovery (RFC 2710, RFC 3810).</summary>
internal static class MulticastListenerPrinter
{
    private const int Query = 130, ReportV2 = 143;
    private const int LengthV1 = 24, QueryLengthV2 = 28, RecordLength = 20, AddressLength = 16;

    public static void Print(Dissection d, PacketBytes bytes, int length, int type)
    {
        if (type == ReportV2)
        {
            PrintReport(d, bytes, length);
        }
        else if (type != Query || length == LengthV1)
        {
            PrintV1(d, bytes);
        }
        else if (length >= QueryLengthV2)
        {
            d.Print($" v2");
            PrintQuery(d, bytes, length);
        }
        else
        {
            d.Print($" unknown-version (len {length}) ");
        }
    }

    private static void PrintV1(Dissection d, PacketBytes bytes)
    {
        if (!bytes.Has(LengthV1)) return;
        d.Print($"max resp delay: {bytes.U16(4)} ");
        d.Print($"addr: {bytes.Ipv6(8)}");
    }

    private static void PrintQuery(Dissection d, PacketBytes bytes, int length)
    {
        int code = bytes.U16(4);
        int delay = code < 0x8000 ? code : (code & 0x0fff | 0x1000) << ((code & 0x7000) >> 12) + 3;
        if (d.Verbosity > 0) d.Print($" [max resp delay={delay}]");
        d.Print($" [gaddr {bytes.Ipv6(8)}");
        if (d.Verbosity > 0)
        {
            int flags = bytes.U8(24);
            if ((flags & 8) != 0) d.Print($" sflag");
            if ((flags & 7) != 0) d.Print($" robustness={flags & 7}");
            int interval = bytes.U8(25);
            if (interval >= 128) interval = (interval & 0x0f | 0x10) << ((interval & 0x70) >> 4) + 3;
            d.Print($" qqi={interval}");
        }

        int sources = bytes.U16(26);
        if (sources > 0)
        {
            if (length < QueryLengthV2 + sources * AddressLength) d.Print($" [invalid number of sources]");
            else PrintSources(d, bytes.From(QueryLengthV2), sources);
        }

        d.Print($"]");
    }

    private static void PrintReport(Dissection d, PacketBytes bytes, int length)
    {
        if (length < 8)
        {
            d.Print($" [invalid len {length}]");
            return;
        }

        int groups = bytes.U16(6);
        d.Print($", {groups} group record(s)");
        if (d.Verbosity == 0) return;
        int at = 8;
        for (int i = 0; i < groups && !d.IsCut; i++)
        {
            if (length < at + RecordLength)
            {
                d.Print($" [invalid number of groups]");
                return;
            }

            d.Print($" [gaddr {bytes.Ipv6(at + 4)}");
            d.Print($" {IgmpPrinter.RecordName(bytes.U8(at), version: 2)}");
            int sources = bytes.U16(at + 2);
            if (length < at + RecordLength + sources * AddressLength)
            {
                d.Print($" [invalid number of sources {sources}]");
                return;
            }

            PrintSources(d, bytes.From(at + RecordLength), sources);
            at += RecordLength + sources * AddressLength;
            d.Print($"]");
        }
    }

    private static void PrintSources(Dissection d, PacketBytes bytes, int count)
    {
        if (d.Verbosity <= 1)
        {
            d.Print($", {count} source(s)");
            return;
        }

        d.Print($" {{");
        for (int i = 0; i < count && !d.IsCut; i++) d.Print($" {bytes.Ipv6(i * AddressLength)}");
        d.Print($" }}");
    }
}
