using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>Addresses in the data of DNS records (IANA: DNS parameters), and in options of the record OPT.</summary>
internal static class DnsRecordFields
{
    private const ushort A = 1, Ns = 2, Cname = 5, Wks = 11, Ptr = 12, Mx = 15, Aaaa = 28, Srv = 33, Dname = 39, Opt = 41, Apl = 42;
    private const ushort IpsecKey = 45, Svcb = 64, Https = 65, L32 = 105, Eui48 = 108, Eui64 = 109, AmtRelay = 260;

    private const ushort ClientSubnet = 8, Cookie = 10;
    private const ushort Ipv4Hint = 4, Ech = 5, Ipv6Hint = 6;

    /// <summary>Notes those of a record.</summary>
    /// <param name="message">All of the message: names may go on elsewhere in it.</param>
    /// <param name="type">What the record is.</param>
    /// <param name="at">Where its data is.</param>
    /// <param name="length">How many bytes they have.</param>
    public static void Read(MessageFields message, ushort type, int at, int length)
    {
        MessageFields data = message.Part(at, length);
        switch (type)
        {
            case A or Aaaa:
                data.Address(0, length);
                break;
            case Wks:
                data.Address(0, 4);
                break;
            case L32:
                data.Address(2, 4);
                break;
            case Eui48 or Eui64:
                data.Hardware(0, length);
                break;
            case Ns or Cname or Ptr or Dname or Mx or Srv:
                int next = at + type switch { Mx => 2, Srv => 6, _ => 0 };
                DnsFields.TryName(message, ref next);
                break;
            case Opt:
                ReadOptions(data);
                break;
            case Apl:
                ReadPrefixes(data);
                break;
            // Which kind of address the gateway is of (RFC 4025 section 2.3, RFC 8777 section 4.2).
            case IpsecKey when data.Bytes.Length > 3:
                data.Address(3, AddressFamily.Size(data.Bytes[1]));
                break;
            case AmtRelay when data.Bytes.Length > 2:
                data.Address(2, AddressFamily.Size(data.Bytes[1] & 0x7f));
                break;
            case Svcb or Https:
                ReadService(message, at, length);
                break;
        }
    }

    // RFC 6891 section 6.1.2; the subnet of a client RFC 7871 section 6.
    private static void ReadOptions(MessageFields data)
    {
        var fields = new FieldCursor(data.Bytes);
        while (fields.Left >= 4)
        {
            long code = fields.Big(2);
            (int from, int length) = fields.Take(fields.Big(2));
            if (code == Cookie) data.Opaque(from, length);
            if (code != ClientSubnet || length <= 4) continue;
            int size = AddressFamily.Size(BinaryPrimitives.ReadUInt16BigEndian(data.Bytes[from..]));
            if (length - 4 <= size) data.Prefix(from + 4, Math.Min(data.Bytes[from + 2], 8 * (length - 4)), size);
        }
    }

    // RFC 3123 section 4: zeros at the end are left out.
    private static void ReadPrefixes(MessageFields data)
    {
        var fields = new FieldCursor(data.Bytes);
        while (fields.Left >= 4)
        {
            int size = AddressFamily.Size((int)fields.Big(2)), bits = (int)fields.Big(1);
            (int from, int length) = fields.Take(fields.Big(1) & 0x7f);
            if (length <= size) data.Prefix(from, Math.Min(bits, 8 * length), size);
        }
    }

    // A priority, a name, and parameters with their lengths (RFC 9460 section 2.2).
    private static void ReadService(MessageFields message, int at, int length)
    {
        int next = at + 2;
        if (!DnsFields.TryName(message, ref next)) return;
        var fields = new FieldCursor(message.Bytes[..Math.Min(at + length, message.Bytes.Length)], next);
        while (fields.Left >= 4)
        {
            long key = fields.Big(2);
            (int from, int count) = fields.Take(fields.Big(2));
            int size = key switch { Ipv4Hint => 4, Ipv6Hint => 16, _ => 0 };
            if (key == Ech) message.Opaque(from, count);
            else for (int address = 0; size > 0 && address + size <= count; address += size) message.Address(from + address, size);
        }
    }
}
