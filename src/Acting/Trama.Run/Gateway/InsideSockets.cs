using System.Globalization;
using System.Net;

namespace Trama.Run.Gateway;

/// <summary>The sockets of a process's network to which somebody can speak, as /proc/PID/net tells them, proc(5).</summary>
internal static class InsideSockets
{
    private const string Listens = "0A";

    /// <summary>Where TCP sockets listen; empty when the process is gone.</summary>
    public static IEnumerable<IPEndPoint> Listening(int process) =>
        Lines($"/proc/{process}/net/tcp").Concat(Lines($"/proc/{process}/net/tcp6")).Select(Listening).OfType<IPEndPoint>();

    /// <summary>Whether a UDP socket gets what is sent to a place.</summary>
    public static bool HasDatagrams(int process, IPEndPoint place) =>
        Lines($"/proc/{process}/net/udp").Concat(Lines($"/proc/{process}/net/udp6")).Select(Local).Any(local => Gets(local, place));

    /// <summary>Reads a line; null when it is of no socket that listens.</summary>
    public static IPEndPoint? Listening(string line) => line.Contains(Listens, StringComparison.Ordinal)
        && Words(line) is [_, _, _, Listens, ..] ? Local(line) : null;

    /// <summary>Reads a line's own place; null when it has none.</summary>
    public static IPEndPoint? Local(string line)
    {
        if (Words(line) is not { Length: >= 4 } words || words[1].Split(':') is not [{ Length: 8 or 32 } digits, { } port]) return null;
        if (!ushort.TryParse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort number)) return null;
        byte[] bytes = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, bytes, out _, out int written) != System.Buffers.OperationStatus.Done) return null;
        if (written != bytes.Length) return null;
        // Each word of four bytes stands in the machine's order.
        if (BitConverter.IsLittleEndian)
            for (int at = 0; at < bytes.Length; at += 4) bytes.AsSpan(at, 4).Reverse();
        return new IPEndPoint(new IPAddress(bytes), number);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // One at [::] gets IPv4 too, unless it was asked not to, which the line does not say.
    private static bool Gets(IPEndPoint? local, IPEndPoint place)
    {
        if (local is null || local.Port != place.Port) return false;
        IPAddress own = local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : local.Address;
        return own.Equals(place.Address) || own.Equals(IPAddress.IPv6Any)
            || (own.Equals(IPAddress.Any) && place.AddressFamily == own.AddressFamily);
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
