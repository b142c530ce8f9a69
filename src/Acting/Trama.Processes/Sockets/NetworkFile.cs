using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Trama.Processes.Sockets;

/// <summary>
/// The sockets of the network of a process, as <c>/proc/PID/net/tcp</c>, <c>tcp6</c> and their like tell them, proc_pid_net(5). The kernel
/// goes through the connections of the whole machine for each: milliseconds.
/// </summary>
public static class NetworkFile
{
    private const int LocalField = 1, StateField = 3, InodeField = 9;
    private const string Listens = "0A";
    private const string MappedPrefix = "0000000000000000FFFF0000";

    /// <summary>The number of the file of a socket; 0 when there is none.</summary>
    /// <param name="process">A process of that network.</param>
    /// <param name="local">The socket's own side.</param>
    /// <param name="peer">Its other side.</param>
    public static uint InodeOf(int process, IPEndPoint local, IPEndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(peer);
        (string one, string other) = (Text(local), Text(peer));
        if (local.AddressFamily == AddressFamily.InterNetworkV6) return Find(Read(process, "tcp6"), one, other);
        uint found = Find(Read(process, "tcp"), one, other);
        // A socket for both families tells of IPv4 in IPv6's form.
        return found != 0 ? found : Find(Read(process, "tcp6"), MappedPrefix + one, MappedPrefix + other);
    }

    /// <summary>Where TCP sockets listen; none when the process is gone.</summary>
    /// <param name="process">A process of that network.</param>
    public static IEnumerable<IPEndPoint> Listening(int process) =>
        Lines(process, "tcp").Concat(Lines(process, "tcp6")).Select(Listening).OfType<IPEndPoint>();

    /// <summary>Where UDP sockets are; none when the process is gone.</summary>
    /// <param name="process">A process of that network.</param>
    public static IEnumerable<IPEndPoint> Datagrams(int process) =>
        Lines(process, "udp").Concat(Lines(process, "udp6")).Select(Local).OfType<IPEndPoint>();

    /// <summary>Where the socket of a line listens; null when it does not, or the line is of none.</summary>
    internal static IPEndPoint? Listening(string line) => line.Contains(Listens, StringComparison.Ordinal)
        && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, Listens, ..] ? Local(line) : null;

    /// <summary>A line's own end; null when it has none.</summary>
    internal static IPEndPoint? Local(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > StateField } fields ? End(fields[LocalField]) : null;

    /// <summary>Reads an end as <see cref="Text"/> writes it; IPv4 within IPv6 is told as IPv4.</summary>
    internal static IPEndPoint? End(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32) || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture,
            out ushort port)) return null;
        byte[] bytes = new byte[colon / 2];
        if (Convert.FromHexString(text.AsSpan(0, colon), bytes, out _, out _) != System.Buffers.OperationStatus.Done) return null;
        if (BitConverter.IsLittleEndian)
            for (int at = 0; at < bytes.Length; at += 4) bytes.AsSpan(at, 4).Reverse();
        var address = new IPAddress(bytes);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
    }

    /// <summary>The number in the line of a file that begins with these ends.</summary>
    internal static uint Find(string file, string local, string peer)
    {
        int at = file.IndexOf($": {local} {peer} ", StringComparison.Ordinal);
        if (at < 0) return 0;
        int end = file.IndexOf('\n', at);
        string[] fields = file[at..(end < 0 ? file.Length : end)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > InodeField && uint.TryParse(fields[InodeField], NumberStyles.None, CultureInfo.InvariantCulture,
            out uint inode) ? inode : 0;
    }

    /// <summary>An end as such a file writes it: each word of four bytes as a number of this machine.</summary>
    internal static string Text(IPEndPoint end)
    {
        byte[] bytes = end.Address.GetAddressBytes();
        if (BitConverter.IsLittleEndian)
            for (int at = 0; at < bytes.Length; at += 4) bytes.AsSpan(at, 4).Reverse();
        return $"{Convert.ToHexString(bytes)}:{end.Port:X4}";
    }

    private static string[] Lines(int process, string name) => Read(process, name).Split('\n');

    private static string Read(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/net/{name}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
