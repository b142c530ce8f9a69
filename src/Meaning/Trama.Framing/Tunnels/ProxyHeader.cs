using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Trama.Framing.Tunnels;

/// <summary>The header of the PROXY protocol: a line (version 1), or a signature, a length and addresses (version 2).</summary>
internal static class ProxyHeader
{
    /// <summary>The longest line, with its end.</summary>
    public const int MaxLine = 107;

    /// <summary>How many bytes of the second version tell how long it is.</summary>
    public const int FixedSize = 16;

    private const int LengthAt = 14;
    private const int FamilyAt = 13;
    private const int Inet = 1;
    private const int Inet6 = 2;

    /// <summary>How the second version begins.</summary>
    public static ReadOnlySpan<byte> Signature => [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

    /// <summary>The length of a header of the second version, whose first <see cref="FixedSize"/> bytes are there.</summary>
    public static int Length(ReadOnlySpan<byte> header) => FixedSize + BinaryPrimitives.ReadUInt16BigEndian(header[LengthAt..]);

    /// <summary>Writes it in words: <c>PROXY 192.0.2.7:51000 > 198.51.100.1:443</c>.</summary>
    public static void Write(ReadOnlySpan<byte> header, ref ShortText words)
    {
        words.Add("PROXY"u8);
        if (header.StartsWith(Signature)) WriteAddresses(header, ref words);
        else WriteLine(header.TrimEnd("\r\n"u8), ref words);
    }

    // PROXY TCP4 source destination port port
    private static void WriteLine(ReadOnlySpan<byte> line, ref ShortText words)
    {
        string[] parts = Encoding.ASCII.GetString(line).Split(' ');
        bool isKnown = parts.Length == 6 && IPAddress.TryParse(parts[2], out _) && IPAddress.TryParse(parts[3], out _)
            && ushort.TryParse(parts[4], out _) && ushort.TryParse(parts[5], out _);
        if (isKnown) Write(IPAddress.Parse(parts[2]), parts[4], IPAddress.Parse(parts[3]), parts[5], ref words);
    }

    private static void WriteAddresses(ReadOnlySpan<byte> header, ref ShortText words)
    {
        int size = (header[FamilyAt] >> 4) switch { Inet => 4, Inet6 => 16, _ => 0 };
        ReadOnlySpan<byte> rest = header[FixedSize..];
        if (size == 0 || rest.Length < 2 * (size + sizeof(ushort))) return;
        string sourcePort = Port(rest[(2 * size)..]), port = Port(rest[(2 * size + sizeof(ushort))..]);
        Write(new IPAddress(rest[..size]), sourcePort, new IPAddress(rest.Slice(size, size)), port, ref words);
    }

    private static string Port(ReadOnlySpan<byte> bytes) => $"{BinaryPrimitives.ReadUInt16BigEndian(bytes)}";

    private static void Write(IPAddress from, string fromPort, IPAddress to, string toPort, ref ShortText words) =>
        words.Add(Encoding.ASCII.GetBytes($" {Host(from)}:{fromPort} > {Host(to)}:{toPort}"));

    private static string Host(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
}
