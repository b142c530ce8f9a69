using Trama.Packets.Network;

namespace Trama.Dump.Text;

/// <summary>Writes addresses and ports, by name or by number as the options say.</summary>
internal sealed class AddressText(LineWriter output)
{
    /// <summary>Appends the IPv4 address at <paramref name="offset"/>.</summary>
    public void AppendIpv4(PacketBytes bytes, int offset) => Append(IpAddress.FromIpv4(bytes.U32(offset)));

    /// <summary>Appends the IPv6 address at <paramref name="offset"/>.</summary>
    public void AppendIpv6(PacketBytes bytes, int offset)
    {
        if (bytes.Fetch(offset, 16) is { Length: 16 } address) Append(IpAddress.FromBytes(address));
    }

    /// <summary>Appends an IP address.</summary>
    public void Append(IpAddress address)
    {
        address.TryFormat(output.Reserve(IpAddress.MaxTextLength), out int written);
        output.Length += written;
    }

    /// <summary>Appends the 48-bit link-layer address at <paramref name="offset"/>.</summary>
    public void AppendMac(PacketBytes bytes, int offset) => AppendHexGroups(bytes.Fetch(offset, 6));

    /// <summary>Appends bytes as pairs of hexadecimal digits with colons between them.</summary>
    public void AppendHexGroups(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0) output.Append((byte)':');
            output.AppendHex(bytes[i], 2);
        }
    }

    /// <summary>Appends a TCP port.</summary>
    public void AppendTcpPort(ushort port) => output.AppendDecimal((long)port);

    /// <summary>Appends a UDP port.</summary>
    public void AppendUdpPort(ushort port) => output.AppendDecimal((long)port);
}
