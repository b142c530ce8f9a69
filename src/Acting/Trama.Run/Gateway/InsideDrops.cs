using System.Globalization;
using Trama.Run.Inside;

namespace Trama.Run.Gateway;

/// <summary>
/// How many packets the command's device has dropped, as /proc/PID/net/dev tells, proc(5). What is open tells it of a process that is gone,
/// too.
/// </summary>
internal sealed class InsideDrops : IDisposable
{
    private const int SentDropsAt = 11;

    private readonly StreamReader? _devices;

    /// <summary>Opens what tells it.</summary>
    /// <param name="process">The number of the command's process.</param>
    public InsideDrops(int process)
    {
        try
        {
            _devices = File.OpenText($"/proc/{process}/net/dev");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing tells it then.
        }
    }

    /// <summary>The number, which is read once; 0 where nothing tells it.</summary>
    public long Count()
    {
        try
        {
            while (_devices?.ReadLine() is { } line)
                if (Read(line) is { } drops) return drops;
        }
        catch (IOException)
        {
            // As above.
        }

        return 0;
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

    /// <inheritdoc/>
    public void Dispose() => _devices?.Dispose();
}
