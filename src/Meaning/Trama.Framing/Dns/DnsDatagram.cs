namespace Trama.Framing.Dns;

/// <summary>A message of DNS in a datagram (RFC 1035 section 4.2.1).</summary>
public static class DnsDatagram
{
    private const int MostAddresses = 64;

    /// <summary>What it asks for, such as <c>A example.org</c>; null when it is not for certain a query of DNS.</summary>
    public static string? Question(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < DnsMessage.HeaderSize) return null;
        var message = new DnsMessage(datagram);
        if (message.IsReply || message.Judge(datagram.Length, isReply: false) != Likeness.Yes
            || !message.TryQuestion(out _, out ushort type, out ushort kind)) return null;
        return $"{DnsNames.Type(type)} {Name(message)}{DnsNames.Class(kind)}";
    }

    /// <summary>The addresses that it tells of a name, 4 or 16 bytes each; empty when it is not for certain such a reply.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="name">The name that was asked for.</param>
    public static IReadOnlyList<byte[]> Addresses(ReadOnlySpan<byte> datagram, out string name)
    {
        name = "";
        if (datagram.Length < DnsMessage.HeaderSize) return [];
        var message = new DnsMessage(datagram);
        if (!message.IsReply || message.Judge(datagram.Length, isReply: true) != Likeness.Yes || message.Questions == 0) return [];
        name = Name(message);
        return message.Addresses(MostAddresses);
    }

    private static string Name(DnsMessage message)
    {
        var name = new ShortText(ShortText.Capacity);
        message.WriteName(ref name);
        return System.Text.Encoding.UTF8.GetString(name.Bytes);
    }
}
