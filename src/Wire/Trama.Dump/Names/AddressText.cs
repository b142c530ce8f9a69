using Trama.Dump.Native;
using Trama.Packets.Network;

namespace Trama.Dump.Names;

/// <summary>Writes addresses and ports, by name or by number as the options say.</summary>
internal sealed class AddressText(DumpOptions options, LineWriter output)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly HostNames? _hosts =
        options.NumericAddresses ? null : new HostNames(options.FindHostName ?? NameLookup.Find, LongestWait, options.ShortHostNames);

    private NumberNames? _tcpPorts;
    private NumberNames? _udpPorts;
    private NumberNames? _protocols;

    /// <summary>Appends the IPv4 address at <paramref name="offset"/>.</summary>
    public void AppendIpv4(PacketBytes bytes, int offset)
    {
        if (bytes.Fetch(offset, 4) is { Length: 4 } address) Append(IpAddress.FromBytes(address));
    }

    /// <summary>Appends the IPv6 address at <paramref name="offset"/>.</summary>
    public void AppendIpv6(PacketBytes bytes, int offset)
    {
        if (bytes.Fetch(offset, 16) is { Length: 16 } address) Append(IpAddress.FromBytes(address));
    }

    /// <summary>Appends an IP address.</summary>
    public void Append(IpAddress address)
    {
        if (_hosts is not null && options.IsLocal(address) && _hosts.Find(address) is { Length: > 0 } name)
        {
            output.Append(name);
            return;
        }

        address.TryFormat(output.Reserve(IpAddress.MaxTextLength), out int written);
        output.Length += written;
    }

    /// <summary>
    /// Appends the 48-bit link-layer address at <paramref name="offset"/>, and where names are shown whose number range it is from.
    /// </summary>
    public void AppendMac(PacketBytes bytes, int offset)
    {
        ReadOnlySpan<byte> address = bytes.Fetch(offset, 6);
        AppendHexGroups(address);
        if (!options.NumericAddresses && address.Length == 6)
            output.Append($" (oui {Organisations.Find(address[0] << 16 | address[1] << 8 | address[2]) ?? "Unknown"})");
    }

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
    public void AppendTcpPort(ushort port)
    {
        if (options.NumericPorts) output.AppendDecimal((long)port);
        else AppendNumber(_tcpPorts ??= NumberNames.OfServices(NumberNames.Lines("/etc/services"), "tcp"), port);
    }

    /// <summary>Appends a UDP port.</summary>
    public void AppendUdpPort(ushort port)
    {
        if (options.NumericPorts) output.AppendDecimal((long)port);
        else AppendNumber(_udpPorts ??= NumberNames.OfServices(NumberNames.Lines("/etc/services"), "udp"), port);
    }

    /// <summary>Appends an IP protocol that no printer knows.</summary>
    public void AppendProtocol(IpProtocol protocol)
    {
        if (!options.NumericAddresses)
        {
            _protocols ??= NumberNames.OfProtocols(NumberNames.Lines("/etc/protocols"));
            if (_protocols.Find((int)protocol) is { Length: > 0 } name)
            {
                output.Append(name);
                return;
            }
        }

        output.Append($"ip-proto-{(int)protocol}");
    }

    private void AppendNumber(NumberNames names, ushort number)
    {
        if (names.Find(number) is { Length: > 0 } name) output.Append(name);
        else output.AppendDecimal((long)number);
    }
}
