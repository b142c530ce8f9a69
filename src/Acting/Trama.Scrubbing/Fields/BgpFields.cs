using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>The addresses that routers tell each other (BGP, RFC 4271 sections 4.2 and 4.3).</summary>
internal static class BgpFields
{
    private const int Header = 19, LengthAt = 16, TypeAt = 18, IdentifierAt = 24;
    private const byte Open = 1, Update = 2, LongLength = 0x10;

    private const byte NextHop = 3, Aggregator = 7, Originator = 9, ClusterList = 10, MpReach = 14, MpUnreach = 15;
    private const byte ExtendedCommunities = 16, As4Aggregator = 18, Ipv6Communities = 25;
    private const byte PathOrigin = 1, Discriminator = 4, Preference = 5, Atomic = 6;

    // Of numbers alone, and addresses at known places: paths of networks, metrics, communities.
    private static readonly byte[] Numbers = [PathOrigin, 2, NextHop, Discriminator, Preference, Atomic, Aggregator, 8, Originator,
        ClusterList, ExtendedCommunities, 17, As4Aggregator, Ipv6Communities, 32];

    private const int Community = 8, Ipv6Community = 20;

    /// <summary>Notes them.</summary>
    public static void Read(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; bytes.Length - at > Header;)
        {
            int length = Math.Max(Header, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + LengthAt)..]));
            MessageFields one = message.Part(at, length);
            if (bytes[at + TypeAt] == Open) one.Address(IdentifierAt, 4);
            else if (bytes[at + TypeAt] == Update) ReadUpdate(one.Part(Header, length - Header));
            at += length;
        }
    }

    private static void ReadUpdate(MessageFields update)
    {
        var fields = new FieldCursor(update.Bytes);
        (int from, int length) = fields.Take(fields.Big(2));
        update.Keep(0, from);
        PrefixList.Read(update.Part(from, length), AddressFamily.Ipv4);
        update.Keep(from + length, 2);
        (from, length) = fields.Take(fields.Big(2));
        ReadAttributes(update.Part(from, length));
        PrefixList.Read(update.Part(fields.At, fields.Left), AddressFamily.Ipv4);
    }

    private static void ReadAttributes(MessageFields attributes)
    {
        var fields = new FieldCursor(attributes.Bytes);
        while (fields.Left > 2)
        {
            int head = fields.At;
            bool isLong = (fields.Big(1) & LongLength) != 0;
            byte type = (byte)fields.Big(1);
            (int from, int length) = fields.Take(fields.Big(isLong ? 2 : 1));
            attributes.Keep(head, from - head);
            int most = type switch { PathOrigin => 1, Discriminator or Preference => 4, Atomic => 0, _ => length };
            if (Numbers.Contains(type) && length <= most) attributes.Keep(from, length);
            ReadAttribute(attributes.Part(from, length), type);
        }
    }

    private static void ReadAttribute(MessageFields value, byte type)
    {
        int length = value.Bytes.Length;
        switch (type)
        {
            case NextHop or Originator:
                value.Address(0, length);
                break;
            // The number of who joined the routes, of two bytes or four, is before the address.
            case Aggregator or As4Aggregator:
                value.Address(length - 4, 4);
                break;
            case ClusterList:
                for (int at = 0; at + 4 <= length; at += 4) value.Address(at, 4);
                break;
            // Of those that an address begins (RFC 4360 section 3.2, RFC 5701).
            case ExtendedCommunities:
                for (int at = 0; at + Community <= length; at += Community)
                    if ((value.Bytes[at] & 0x3f) == 1) value.Address(at + 2, 4);
                break;
            case Ipv6Communities:
                for (int at = 0; at + Ipv6Community <= length; at += Ipv6Community) value.Address(at + 2, 16);
                break;
            case MpReach or MpUnreach:
                MultiprotocolFields.Read(value, hasNextHop: type == MpReach);
                break;
        }
    }
}
