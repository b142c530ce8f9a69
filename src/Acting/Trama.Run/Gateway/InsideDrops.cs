using System.Globalization;
using Trama.Run.Inside;

namespace Trama.Run.Gateway;

/// <summary>How many packets the command's device has dropped, as /proc/PID/net/dev tells, proc(5).</summary>
internal static class InsideDrops
{
    private const int SentDropsAt = 11;

    /// <summary>The number; null when the process is gone.</summary>
    public static long? Of(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/net/dev").Select(Read).FirstOrDefault(count => count is not null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a line; null when it is of another device, or of none.</summary>
    public static long? Read(string line)
    {
        ReadOnlySpan<char> rest = line.AsSpan().Trim();
        int colon = rest.IndexOf(':');
        if (colon < 0 || !rest[..colon].SequenceEqual(InsideNetwork.Device)) return null;
        string[] counts = rest[(colon + 1)..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return counts.Length > SentDropsAt
            && long.TryParse(counts[SentDropsAt], NumberStyles.None, CultureInfo.InvariantCulture, out long drops) ? drops : null;
    }
}
