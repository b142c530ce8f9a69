namespace Trama.Cli.Commands.Listing;

/// <summary>What a socket did at the last looks, the latest at the end.</summary>
internal sealed class SocketHistory
{
    /// <summary>How many looks are remembered.</summary>
    public const int Looks = 10;

    private readonly List<(long? Rate, long? RttNs)> _looks = [];

    /// <summary>How many looks saw it, <see cref="Looks"/> at most.</summary>
    public int Count => _looks.Count;

    /// <summary>Bytes a second in both directions; null where that is not known.</summary>
    public IEnumerable<long?> Rates => _looks.Select(look => look.Rate);

    /// <summary>The round trip times, in nanoseconds; null where that is not known.</summary>
    public IEnumerable<long?> RttsNs => _looks.Select(look => look.RttNs);

    /// <summary>Adds a look.</summary>
    public void Add(SocketRow row)
    {
        long? rate = row.SendRate is null && row.ReceiveRate is null ? null : (long)((row.SendRate ?? 0) + (row.ReceiveRate ?? 0));
        _looks.Add((rate, row.Socket.Figures?.RttUs is > 0 and uint rtt ? rtt * 1000L : null));
        if (_looks.Count > Looks) _looks.RemoveAt(0);
    }
}
