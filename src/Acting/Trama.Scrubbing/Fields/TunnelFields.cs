namespace Trama.Scrubbing.Fields;

/// <summary>What leads to another connection: the PROXY protocol's binary form, and SOCKS (RFC 1928, RFC 1929).</summary>
internal static class TunnelFields
{
    private const int ProxyAddressesAt = 16, SocksAddressAt = 4;
    private const byte Socks4 = 4, Socks5 = 5, Password = 1;

    private static ReadOnlySpan<byte> ProxySignature => [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

    /// <summary>Notes whom a header of the PROXY protocol names.</summary>
    public static void ReadProxy(MessageFields message)
    {
        if (!message.Bytes.StartsWith(ProxySignature) || message.Bytes.Length <= ProxyAddressesAt) return;
        // The family, in four bits: IPv4, IPv6 (PROXY protocol, section 2.2).
        int size = (message.Bytes[13] >> 4) switch { 1 => 4, 2 => 16, _ => 0 };
        message.Address(ProxyAddressesAt, size);
        message.Address(ProxyAddressesAt + size, size);
    }

    /// <summary>Notes whom a request or a reply of SOCKS names, and who asks and what proves it.</summary>
    public static void ReadSocks(MessageFields message)
    {
        switch (message.Bytes)
        {
            // Of four bytes, a number up to 255: the host's name follows (SOCKS4a).
            case [Socks4, _, _, _, 0, 0, 0, ..]: break;
            case [Socks4, _, _, _, ..] or [0, _, _, _, _, _, _, _]:
                message.Address(SocksAddressAt, 4);
                break;
            // What kind of address it is of, in a request and its reply alike (RFC 1928 section 5).
            case [Socks5, _, 0, var kind, ..]:
                message.Address(SocksAddressAt, kind switch { 1 => 4, 4 => 16, _ => 0 });
                break;
            case [Password, var user, ..] when !message.IsReply:
                message.Secret(2, user);
                if (message.Bytes.Length > 2 + user) message.Secret(3 + user, message.Bytes[2 + user]);
                break;
        }
    }
}
