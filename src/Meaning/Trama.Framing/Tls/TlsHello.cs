using System.Buffers.Binary;

namespace Trama.Framing.Tls;

/// <summary>Reads what a ClientHello or ServerHello says to everyone: server name, application protocols, version (RFC 8446 section 4.1).</summary>
internal static class TlsHello
{
    private const int ServerName = 0;
    private const int ApplicationProtocols = 16;
    private const int SupportedVersions = 43;

    /// <summary>Describes the body of a hello; one that contradicts itself is described as far as it can be read.</summary>
    /// <param name="body">The handshake message without its type and length.</param>
    /// <param name="isClient">Whether it is a ClientHello.</param>
    /// <param name="text">Where the words go.</param>
    public static void Describe(ReadOnlySpan<byte> body, bool isClient, ref ShortText text)
    {
        ReadOnlySpan<byte> name = default, protocols = default;
        ushort version = body.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : (ushort)0;
        ReadOnlySpan<byte> rest = Past(body, 2 + 32);
        _ = Vector8(ref rest);
        if (isClient)
        {
            _ = Vector16(ref rest);
            _ = Vector8(ref rest);
        }
        else
        {
            rest = Past(rest, 2 + 1);
        }

        ReadOnlySpan<byte> extensions = Vector16(ref rest);
        while (extensions.Length >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            ReadOnlySpan<byte> data = Vector16(ref extensions);
            if (type == ServerName) name = HostName(data);
            else if (type == ApplicationProtocols) protocols = Vector16(ref data);
            else if (type == SupportedVersions) version = Version(data, isClient, version);
        }

        text.Add(isClient ? "ClientHello"u8 : "ServerHello"u8);
        if (!name.IsEmpty)
        {
            text.Add(" sni="u8);
            text.Add(name);
        }

        bool first = true;
        while (!protocols.IsEmpty)
        {
            text.Add(first ? " alpn="u8 : ","u8);
            text.Add(Vector8(ref protocols));
            first = false;
        }

        text.Add(version switch
        {
            0x0300 => " SSL 3.0"u8,
            0x0301 => " TLS 1.0"u8,
            0x0302 => " TLS 1.1"u8,
            0x0303 => " TLS 1.2"u8,
            0x0304 => " TLS 1.3"u8,
            _ => default,
        });
    }

    private static ReadOnlySpan<byte> HostName(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> list = Vector16(ref data);
        if (list.IsEmpty || list[0] != 0) return default;
        list = list[1..];
        return Vector16(ref list);
    }

    // A client lists the versions it speaks, among them values that mean nothing (RFC 8701); a server names the one chosen.
    private static ushort Version(ReadOnlySpan<byte> data, bool isClient, ushort legacy)
    {
        if (!isClient) return data.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(data) : legacy;
        ushort highest = 0;
        for (ReadOnlySpan<byte> list = Vector8(ref data); list.Length >= 2; list = list[2..])
        {
            ushort version = BinaryPrimitives.ReadUInt16BigEndian(list);
            if (version is >= 0x0300 and <= 0x0304 && version > highest) highest = version;
        }

        return highest == 0 ? legacy : highest;
    }

    private static ReadOnlySpan<byte> Vector8(scoped ref ReadOnlySpan<byte> bytes) => Vector(ref bytes, 1);

    private static ReadOnlySpan<byte> Vector16(scoped ref ReadOnlySpan<byte> bytes) => Vector(ref bytes, 2);

    // A vector is its length and its bytes (RFC 8446 section 3.4); one that says more than there is ends with what there is.
    private static ReadOnlySpan<byte> Vector(scoped ref ReadOnlySpan<byte> bytes, int width)
    {
        if (bytes.Length < width) return bytes = default;
        int length = width == 1 ? bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        ReadOnlySpan<byte> rest = bytes[width..];
        ReadOnlySpan<byte> vector = rest[..Math.Min(length, rest.Length)];
        bytes = rest[vector.Length..];
        return vector;
    }

    private static ReadOnlySpan<byte> Past(ReadOnlySpan<byte> bytes, int count) => bytes.Length > count ? bytes[count..] : default;
}
