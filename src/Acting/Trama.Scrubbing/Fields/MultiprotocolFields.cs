namespace Trama.Scrubbing.Fields;

/// <summary>Routes of other families within BGP (RFC 4760 sections 3 and 4), of labels, of private networks and of Ethernet among
/// them.</summary>
internal static class MultiprotocolFields
{
    private const int Labels = 4, Evpn = 70, Vpn = 128;
    private const int DistinguisherLength = 8, SegmentLength = 10, TagLength = 4, HardwareLength = 6;
    private const byte MacRoute = 2, MulticastRoute = 3, SegmentRoute = 4, PrefixRoute = 5;

    /// <summary>Notes the addresses of an attribute.</summary>
    public static void Read(MessageFields attribute, bool hasNextHop)
    {
        var fields = new FieldCursor(attribute.Bytes);
        (int family, int kind) = ((int)fields.Big(2), (int)fields.Big(1));
        if (hasNextHop)
        {
            (int from, int length) = fields.Take(fields.Big(1));
            attribute.Keep(0, from);
            ReadNextHop(attribute.Part(from, length), kind);
            (from, length) = fields.Take(1);
            attribute.Keep(from, length);
        }
        else attribute.Keep(0, fields.At);

        MessageFields routes = attribute.Part(fields.At, fields.Left);
        if (family == AddressFamily.Layer2Vpn && kind == Evpn) ReadEvpn(routes);
        else if (kind is 1 or 2 or Labels or Vpn) PrefixList.Read(routes, family, kind is Labels or Vpn, kind == Vpn);
    }

    // One address, or a global and a link-local one, each behind a distinguisher in private networks.
    private static void ReadNextHop(MessageFields hop, int kind)
    {
        int length = hop.Bytes.Length, before = kind == Vpn ? DistinguisherLength : 0;
        int count = length > 16 + before ? 2 : 1;
        for (int at = 0; at < length; at += length / count)
        {
            if (kind == Vpn) PrefixList.ReadDistinguisher(hop, at);
            hop.Address(at + before, length / count - before);
        }
    }

    // RFC 7432 section 7, RFC 9136 section 3.
    private static void ReadEvpn(MessageFields routes)
    {
        var fields = new FieldCursor(routes.Bytes);
        while (fields.Left > 2)
        {
            byte type = (byte)fields.Big(1);
            (int from, int length) = fields.Take(fields.Big(1));
            MessageFields route = routes.Part(from, length);
            if (length < DistinguisherLength) continue;
            PrefixList.ReadDistinguisher(route, 0);
            var parts = new FieldCursor(route.Bytes, DistinguisherLength);
            if (type is MacRoute or SegmentRoute or PrefixRoute) parts.Take(SegmentLength);
            if (type is MacRoute or MulticastRoute or PrefixRoute) parts.Take(TagLength);
            if (type == MacRoute)
            {
                parts.Take(1);
                (int mac, int taken) = parts.Take(HardwareLength);
                route.Hardware(mac, taken);
            }

            if (type == PrefixRoute) ReadPrefix(route, ref parts);
            else if (type is MacRoute or MulticastRoute or SegmentRoute)
            {
                (int address, int size) = parts.Take(parts.Big(1) / 8);
                route.Address(address, size);
            }
        }
    }

    // How many bits count, an address, and the gateway's of as many bytes.
    private static void ReadPrefix(MessageFields route, ref FieldCursor parts)
    {
        int bits = (int)parts.Big(1), size = parts.Left > 2 * 16 ? 16 : 4;
        if (bits > 8 * size || parts.Left < 2 * size) return;
        route.Prefix(parts.At, bits, size);
        route.Address(parts.At + size, size);
    }
}
