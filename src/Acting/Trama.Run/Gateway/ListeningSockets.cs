using System.Globalization;
using System.Net;

namespace Trama.Run.Gateway;

/// <summary>The sockets that listen in a process's network, as /proc/PID/net/tcp tells them, proc(5).</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    /// <summary>Where they listen; empty when the process is gone.</summary>
    public static IEnumerable<IPEndPoint> Of(int process) =>
        Lines($"/proc/{process}/net/tcp").Concat(Lines($"/proc/{process}/net/tcp6")).Select(Read).OfType<IPEndPoint>();

    /// <summary>Reads a line; null when it is of no socket that listens.</summary>
    public static IPEndPoint? Read(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || words[3] != Listening || words[1].Split(':') is not [{ Length: 8 or 32 } digits, { } port]) return null;
        if (!ushort.TryParse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort number)) return null;
        byte[] bytes = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, bytes, out _, out int written) != System.Buffers.OperationStatus.Done) return null;
        if (written != bytes.Length) return null;
        // Each word of four bytes stands in the machine's order.
        if (BitConverter.IsLittleEndian)
            for (int at = 0; at < bytes.Length; at += 4) bytes.AsSpan(at, 4).Reverse();
        return new IPEndPoint(new IPAddress(bytes), number);
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
