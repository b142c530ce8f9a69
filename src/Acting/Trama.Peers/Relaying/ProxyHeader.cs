using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Framing;

namespace Trama.Peers.Relaying;

/// <summary>
/// The header of HAProxy's PROXY protocol, both versions ("The PROXY protocol, Versions 1 &amp; 2", section 2): who
/// connected to whom, told by a proxy to the server behind it.
/// </summary>
internal static class ProxyHeader
{
    /// <summary>The most bytes of a header: version 2 with the longest extensions that are accepted.</summary>
    public const int MaxLength = 4096;

    // Section 2.1: the longest line, with its end.
    private const int MaxLine = 107;
    private const int BinaryLength = 16;
    private const byte Proxied = 0x21;
    private const byte Local = 0x20;
    private const byte TcpOverIpv4 = 0x11;
    private const byte TcpOverIpv6 = 0x21;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Writes a header.</summary>
    /// <param name="version">Which one.</param>
    /// <param name="client">Who connected.</param>
    /// <param name="local">Whom it connected to. When the families differ, both are written as IPv6 addresses.</param>
    public static byte[] Write(ProxyVersion version, IPEndPoint client, IPEndPoint local)
    {
        bool isIpv6 = client.AddressFamily == AddressFamily.InterNetworkV6 || local.AddressFamily == AddressFamily.InterNetworkV6;
        IPAddress from = isIpv6 ? client.Address.MapToIPv6() : client.Address, to = isIpv6 ? local.Address.MapToIPv6() : local.Address;
        if (version == ProxyVersion.V1)
        {
            // Without the scope of a link-local address, which means nothing to another machine.
            from = new IPAddress(from.GetAddressBytes());
            to = new IPAddress(to.GetAddressBytes());
            return Encoding.ASCII.GetBytes($"PROXY {(isIpv6 ? "TCP6" : "TCP4")} {from} {to} {client.Port} {local.Port}\r\n");
        }

        int size = isIpv6 ? 16 : 4;
        byte[] header = new byte[BinaryLength + 2 * size + 4];
        Signature.CopyTo(header);
        header[12] = Proxied;
        header[13] = isIpv6 ? TcpOverIpv6 : TcpOverIpv4;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(2 * size + 4));
        from.TryWriteBytes(header.AsSpan(BinaryLength), out _);
        to.TryWriteBytes(header.AsSpan(BinaryLength + size), out _);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(BinaryLength + 2 * size), (ushort)client.Port);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(BinaryLength + 2 * size + 2), (ushort)local.Port);
        return header;
    }

    /// <summary>Reads a header at the start of a stream.</summary>
    /// <param name="bytes">What came so far.</param>
    /// <param name="client">Who connected; null when the proxy does not say (its own checks of health).</param>
    /// <returns>Complete with the header's length; or that more is needed; or that it is none.</returns>
    public static FrameStep Read(ReadOnlySpan<byte> bytes, out IPEndPoint? client)
    {
        client = null;
        if (bytes.Length >= Signature.Length && bytes.StartsWith(Signature)) return ReadBinary(bytes, out client);
        ReadOnlySpan<byte> start = "PROXY "u8;
        int known = Math.Min(bytes.Length, start.Length);
        if (bytes.Length < Signature.Length && Signature.StartsWith(bytes)) return FrameStep.NeedMore(bytes.Length);
        if (!bytes[..known].SequenceEqual(start[..known])) return new FrameStep(FrameStatus.Unfit, 0);
        int end = bytes[..Math.Min(bytes.Length, MaxLine)].IndexOf("\r\n"u8);
        if (end < 0) return bytes.Length < MaxLine ? FrameStep.NeedMore(bytes.Length) : new FrameStep(FrameStatus.Unfit, 0);
        return TryReadLine(Encoding.ASCII.GetString(bytes[..end]).Split(' '), out client)
            ? FrameStep.Complete(end + 2) : new FrameStep(FrameStatus.Unfit, 0);
    }

    private static FrameStep ReadBinary(ReadOnlySpan<byte> bytes, out IPEndPoint? client)
    {
        client = null;
        if (bytes.Length < BinaryLength) return FrameStep.NeedMore(bytes.Length);
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (bytes[12] is not (Proxied or Local) || BinaryLength + length > MaxLength) return new FrameStep(FrameStatus.Unfit, 0);
        if (bytes.Length < BinaryLength + length) return FrameStep.NeedMore(bytes.Length);
        int size = bytes[13] switch { TcpOverIpv4 => 4, TcpOverIpv6 => 16, _ => 0 };
        if (bytes[12] == Local || size == 0) return FrameStep.Complete(BinaryLength + length);
        if (length < 2 * size + 4) return new FrameStep(FrameStatus.Unfit, 0);
        client = new IPEndPoint(new IPAddress(bytes.Slice(BinaryLength, size)),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[(BinaryLength + 2 * size)..]));
        return FrameStep.Complete(BinaryLength + length);
    }

    private static bool TryReadLine(string[] words, out IPEndPoint? client)
    {
        client = null;
        if (words is [_, "UNKNOWN", ..]) return true;
        AddressFamily? family = words.Length != 6 ? null : words[1] switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" =>
            AddressFamily.InterNetworkV6,
            _ => null
        };
        if (family is null
            || !IPAddress.TryParse(words[2], out IPAddress? address) || address.AddressFamily != family
            || !ushort.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return false;
        client = new IPEndPoint(address, port);
        return true;
    }
}
