using System.Globalization;
using System.Net;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Captures.Text;

/// <summary>
/// Reads endpoints as tcpdump writes them: address and port with a dot between. Where it wrote names, each name of a host stands for an
/// address of its own, from the range for measurements (RFC 2544), and each name of a port for its number.
/// </summary>
internal sealed class EndpointNames
{
    // 198.18.0.0/15, and so many names at most are told apart.
    private const uint FirstAddress = 0xc6120001;
    private const int MaxNames = 1 << 16;

    // Names of ports that are not known get numbers from here on.
    private const int FirstPort = 60_000;
    private const int MaxPorts = 5_000;

    // The names of ports as systems have them (IANA's, and what Debian adds).
    private static readonly Dictionary<string, ushort> Services = new (string Name, ushort Port)[]
    {
        ("ftp-data", 20), ("ftp", 21), ("ssh", 22), ("telnet", 23), ("smtp", 25), ("whois", 43), ("domain", 53),
        ("gopher", 70), ("finger", 79), ("http", 80), ("kerberos", 88), ("pop3", 110), ("sunrpc", 111), ("nntp", 119),
        ("epmap", 135), ("netbios-ssn", 139), ("imap2", 143), ("imap", 143), ("bgp", 179), ("ldap", 389), ("https", 443),
        ("microsoft-ds", 445), ("submissions", 465), ("submission", 587), ("ldaps", 636), ("rsync", 873), ("domain-s", 853),
        ("imaps", 993), ("pop3s", 995), ("socks", 1080), ("ms-sql-s", 1433), ("oracle", 1521), ("nfs", 2049), ("mysql", 3306),
        ("ms-wbt-server", 3389), ("epmd", 4369), ("postgresql", 5432), ("amqps", 5671), ("amqp", 5672), ("redis", 6379),
        ("ircd", 6667), ("http-alt", 8080), ("webcache", 8080), ("memcached", 11211), ("mongodb", 27017),
    }.ToDictionary(row => row.Name, row => row.Port);

    private readonly Dictionary<string, uint> _hosts = new() { ["localhost"] = 0x7f000001, ["ip6-localhost"] = 0x7f000001 };
    private readonly Dictionary<string, ushort> _ports = [];

    /// <summary>Reads an endpoint.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out Endpoint endpoint)
    {
        endpoint = default;
        int dot = text.LastIndexOf('.');
        if (dot <= 0 || dot == text.Length - 1) return false;
        if (!TryReadPort(text[(dot + 1)..], out ushort port) || !TryReadHost(text[..dot], out IpAddress address)) return false;
        endpoint = new Endpoint(address, port);
        return true;
    }

    private bool TryReadPort(ReadOnlySpan<char> text, out ushort port)
    {
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)) return true;
        if (!IsName(text)) return false;
        string name = text.ToString();
        if (Services.TryGetValue(name, out port) || _ports.TryGetValue(name, out port)) return true;
        if (_ports.Count == MaxPorts) return false;
        port = (ushort)(FirstPort + _ports.Count);
        _ports.Add(name, port);
        return true;
    }

    private bool TryReadHost(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        bool isNumber = text.Contains(':') || text.Count('.') == 3;
        if (isNumber && IPAddress.TryParse(text, out IPAddress? parsed) && !text.Contains('%'))
        {
            address = IpAddress.FromBytes(parsed.GetAddressBytes());
            return true;
        }

        if (!IsName(text)) return false;
        string name = text.ToString();
        if (!_hosts.TryGetValue(name, out uint number))
        {
            if (_hosts.Count == MaxNames) return false;
            number = FirstAddress + (uint)_hosts.Count;
            _hosts.Add(name, number);
        }

        address = IpAddress.FromIpv4(number);
        return true;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '_')) return false;
        return text.Length is > 0 and < 256 && char.IsAsciiLetterOrDigit(text[0]);
    }
}
