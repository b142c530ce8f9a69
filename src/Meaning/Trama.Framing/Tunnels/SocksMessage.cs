using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Trama.Framing.Tunnels;

/// <summary>The messages of SOCKS: how long each is, and whom it names.</summary>
internal static class SocksMessage
{
    /// <summary>The version of SOCKS4.</summary>
    public const byte Version4 = 4;

    /// <summary>The version of SOCKS5.</summary>
    public const byte Version5 = 5;

    /// <summary>The version of the dialogue of name and password (RFC 1929).</summary>
    public const byte Password = 1;

    /// <summary>The command that asks for a connection.</summary>
    public const byte Connect = 1;

    /// <summary>The longest message, in bytes; names in SOCKS4 have no limit of their own.</summary>
    public const int MaxLength = 600;

    private const int AddressAt = 4;
    private const int Fixed4 = 8;

    /// <summary>The length of the client's message that begins with these bytes; 0 while they do not tell.</summary>
    /// <param name="bytes">At least one.</param>
    /// <param name="isGreeting">Whether it is the first one.</param>
    public static int RequestLength(ReadOnlySpan<byte> bytes, bool isGreeting)
    {
        if (bytes[0] == Version4) return Length4(bytes);
        if (bytes[0] == Password && !isGreeting)
            return bytes.Length < 2 || bytes.Length < 3 + bytes[1] ? 0 : 3 + bytes[1] + bytes[2 + bytes[1]];
        return bytes.Length < 2 ? 0 : isGreeting ? 2 + bytes[1] : Length5(bytes);
    }

    /// <summary>The length of a request or reply of SOCKS5 with an address; 0 while the bytes do not tell.</summary>
    public static int Length5(ReadOnlySpan<byte> bytes) => bytes.Length <= AddressAt ? 0 : bytes[3] switch
    {
        1 => AddressAt + 4 + sizeof(ushort),
        3 => AddressAt + 1 + bytes[AddressAt] + sizeof(ushort),
        4 => AddressAt + 16 + sizeof(ushort),
        _ => AddressAt,
    };

    /// <summary>Writes whom a request names: <c>example.org:443</c>.</summary>
    public static void WriteTarget(ReadOnlySpan<byte> request, ref ShortText words)
    {
        ReadOnlySpan<byte> port = request[0] == Version4 ? request[2..4] : request[^2..];
        if (request[0] == Version4) WriteHost4(request, ref words);
        else if (request[3] == 3) words.Add(request[(AddressAt + 1)..^2]);
        else if (request[3] == 1) words.Add(Encoding.ASCII.GetBytes($"{new IPAddress(request[AddressAt..^2])}"));
        else words.Add(Encoding.ASCII.GetBytes($"[{new IPAddress(request[AddressAt..^2])}]"));
        words.Add(":"u8);
        words.Add(BinaryPrimitives.ReadUInt16BigEndian(port));
    }

    // The name of a user ends with a NUL, and so does the host of SOCKS4a, whose address begins with zeros.
    private static int Length4(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Fixed4) return 0;
        int user = bytes[Fixed4..].IndexOf((byte)0);
        if (user < 0) return 0;
        int end = Fixed4 + user + 1;
        if (!NamesHost(bytes)) return end;
        int host = bytes[end..].IndexOf((byte)0);
        return host < 0 ? 0 : end + host + 1;
    }

    private static bool NamesHost(ReadOnlySpan<byte> bytes) => bytes[4..7].IndexOfAnyExcept((byte)0) < 0 && bytes[7] != 0;

    private static void WriteHost4(ReadOnlySpan<byte> request, ref ShortText words)
    {
        if (!NamesHost(request)) words.Add(Encoding.ASCII.GetBytes($"{new IPAddress(request[4..8])}"));
        else words.Add(request[(request[Fixed4..].IndexOf((byte)0) + Fixed4 + 1)..^1]);
    }
}
