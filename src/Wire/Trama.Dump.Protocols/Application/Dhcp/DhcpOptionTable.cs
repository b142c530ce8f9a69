using static Trama.Dump.Protocols.Application.Dhcp.DhcpEncoding;
using Code = Trama.Dump.Protocols.Application.Dhcp.DhcpOptionCode;

namespace Trama.Dump.Protocols.Application.Dhcp;

/// <summary>How each DHCP option is encoded, and the label that a line of tcpdump gives it.</summary>
internal static class DhcpOptionTable
{
    private static readonly DhcpOption[] Options = Make();

    /// <summary>The option with a number.</summary>
    public static DhcpOption Find(int code) => Options[code];

    private static DhcpOption[] Make()
    {
        var options = new DhcpOption[256];
        Array.Fill(options, new DhcpOption(Unknown, "Unknown"));
        void Set(DhcpEncoding encoding, params ReadOnlySpan<(Code Code, string Label)> rows)
        {
            foreach ((Code code, string label) in rows) options[(int)code] = new DhcpOption(encoding, label);
        }

        Set(None, (Code.Pad, "PAD"), (Code.End, "END"));
        Set(
            Addresses,
            (Code.SubnetMask, "Subnet-Mask"), (Code.Router, "Default-Gateway"), (Code.TimeServer, "Time-Server"),
            (Code.NameServer, "IEN-Name-Server"), (Code.DomainServer, "Domain-Name-Server"), (Code.LogServer, "LOG"),
            (Code.QuotesServer, "CS"), (Code.LprServer, "LPR-Server"), (Code.ImpressServer, "IM"), (Code.RlpServer, "RL"),
            (Code.SwapServer, "SS"), (Code.BroadcastAddress, "BR"), (Code.RouterRequest, "RSA"), (Code.NisServers, "YS"),
            (Code.NtpServers, "NTP"), (Code.NetbiosNameServer, "Netbios-Name-Server"), (Code.NetbiosDistributionServer, "WDD"),
            (Code.XWindowFont, "XFS"), (Code.XWindowManager, "XDM"), (Code.AddressRequest, "Requested-IP"),
            (Code.ServerId, "Server-ID"), (Code.NisPlusServerAddress, "N+S"), (Code.HomeAgentAddresses, "MH"),
            (Code.SmtpServer, "SMTP"), (Code.Pop3Server, "POP3"), (Code.NntpServer, "NNTP"), (Code.WwwServer, "WWW"),
            (Code.FingerServer, "FG"), (Code.IrcServer, "IRC"), (Code.StreetTalkServer, "STS"), (Code.StdaServer, "STDA"),
            (Code.AssociatedIp, "Associated-IP"), (Code.NetinfoAddress, "NI"), (Code.SubnetSelection, "SUBNET"),
            (Code.TftpServerAddress, "TFTP-Server-Address"));
        Set(AddressPairs, (Code.PolicyFilter, "PF"), (Code.StaticRoute, "Static-Route"));
        Set(
            Unsigned32,
            (Code.MtuTimeout, "MTU-Timeout"), (Code.ArpTimeout, "AT"), (Code.KeepaliveTime, "KI"),
            (Code.AddressTime, "Lease-Time"), (Code.RenewalTime, "RN"), (Code.RebindingTime, "RB"));
        Set(Signed32, (Code.TimeOffset, "Time-Zone"), (Code.ClientLastTransactionTime, "Last-Transaction-Time"));
        Set(
            Unsigned16,
            (Code.BootFileSize, "BS"), (Code.MaxDatagramAssembly, "RSZ"), (Code.MtuPlateau, "MTU-Table"),
            (Code.MtuInterface, "MTU"), (Code.MaxMessageSize, "MSZ"), (Code.NisPlusDomainName, "N+D"), (Code.ClientSystem, "ARCH"),
            (Code.NameServiceSearch, "NSSEARCH"));
        Set(
            Octets,
            (Code.DefaultIpTtl, "TTL"), (Code.DefaultTcpTtl, "TT"), (Code.VendorSpecific, "Vendor-Option"),
            (Code.DirectoryAgent, "SLP-DA"), (Code.ServiceScope, "SLP-SCOPE"), (Code.Isns, "ARMT"),
            (Code.BroadcastControllerAddresses, "FQDNS"), (Code.Authentication, "AUTH"), (Code.ClientNdi, "NDI"),
            (Code.ClientUuid, "GUID"));
        Set(
            Flags,
            (Code.ForwardOnOff, "IPF"), (Code.SourceRouteOnOff, "SRT"), (Code.MtuSubnet, "LSN"), (Code.MaskDiscovery, "MD"),
            (Code.MaskSupplier, "MS"), (Code.RouterDiscovery, "Router-Discovery"), (Code.Trailers, "UT"), (Code.Ethernet, "IE"),
            (Code.KeepaliveData, "KG"), (Code.AutoConfiguration, "NOAUTO"));
        Set(
            Characters,
            (Code.Hostname, "Hostname"), (Code.MeritDumpFile, "DP"), (Code.DomainName, "Domain-Name"), (Code.RootPath, "RP"),
            (Code.ExtensionFile, "EP"), (Code.NisDomain, "YD"), (Code.NetbiosScope, "Netbios-Scope"), (Code.Message, "MSG"),
            (Code.ClassId, "Vendor-Class"), (Code.ServerName, "TFTP"), (Code.BootfileName, "BF"), (Code.RapidCommit, "SLP-NA"),
            (Code.BroadcastControllerDomains, "TZSTR"), (Code.Ldap, "LDAP"), (Code.UserAuthentication, "UAP"),
            (Code.PosixTimeZone, "POSIX-TZ"), (Code.TimeZoneDatabase, "TZ-Name"), (Code.NetinfoTag, "NITAG"),
            (Code.CaptivePortal, "URL"), (Code.MudUrl, "MUD-URL"));
        Set(MessageType, (Code.MessageType, "DHCP-Message"));
        Set(OptionList, (Code.ParameterList, "Parameter-Request"));
        Set(NodeType, (Code.NetbiosNodeType, "Netbios-Node"));
        Set(Overload, (Code.Overload, "OO"));
        Set(Client, (Code.ClientId, "Client-ID"));
        Set(FullName, (Code.ClientFqdn, "FQDN"));
        Set(RelayAgent, (Code.RelayAgentInformation, "Agent-Information"));
        Set(
            Routes,
            (Code.ClasslessStaticRoute, "Classless-Static-Route"),
            (Code.ClasslessStaticRouteMicrosoft, "Classless-Static-Route-Microsoft"));
        Set(Unread, (Code.UserClass, "User-Class"));
        return options;
    }
}
