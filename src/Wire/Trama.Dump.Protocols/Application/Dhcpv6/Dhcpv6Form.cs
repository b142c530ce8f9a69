namespace Trama.Dump.Protocols.Application.Dhcpv6;

/// <summary>How the value of a DHCPv6 option is shown.</summary>
internal enum Dhcpv6Form
{
    /// <summary>Not at all.</summary>
    Nothing,

    /// <summary>IPv6 addresses.</summary>
    Addresses,

    /// <summary>The first bytes of it.</summary>
    Bytes,

    /// <summary>Fields, and more options.</summary>
    Holder,

    /// <summary>Domain names.</summary>
    Names,

    /// <summary>Addresses or names of time servers.</summary>
    NtpServers,

    /// <summary>One number.</summary>
    Number,

    /// <summary>The numbers of other options.</summary>
    Options,

    /// <summary>As only this option is.</summary>
    Own,

    /// <summary>Text.</summary>
    Text,
}
