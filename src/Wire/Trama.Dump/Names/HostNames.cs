using Trama.Packets.Network;

namespace Trama.Dump.Names;

/// <summary>
/// The names of addresses, each asked for once. An answer that does not come in time leaves the address a number until it comes, and
/// makes the next wait shorter, so that a resolver that is out of order cannot hold the output up for long.
/// </summary>
/// <param name="find">Asks for a name; may take any time.</param>
/// <param name="longestWait">How long one answer is waited for.</param>
/// <param name="isShort">Whether names end at their first dot.</param>
internal sealed class HostNames(Func<IpAddress, byte[]?> find, TimeSpan longestWait, bool isShort)
{
    /// <summary>How many addresses are remembered; at one more, all are forgotten.</summary>
    private const int MaximumAddresses = 1 << 16;

    /// <summary>How many answers may be outstanding; further addresses stay numbers meanwhile.</summary>
    private const int MaximumOutstanding = 8;

    private readonly Dictionary<IpAddress, Task<byte[]?>> _known = [];
    private int _lateAnswers;
    private int _outstanding;

    /// <summary>The name of an address as text without control characters; empty when it has none or none is known yet.</summary>
    public ReadOnlySpan<byte> Find(IpAddress address)
    {
        if (_known.TryGetValue(address, out Task<byte[]?>? answer)) return answer.IsCompletedSuccessfully ? answer.Result : default;
        if (Volatile.Read(ref _outstanding) >= MaximumOutstanding) return default;
        if (_known.Count == MaximumAddresses) _known.Clear();
        Interlocked.Increment(ref _outstanding);
        answer = Task.Factory.StartNew(() => Ask(address), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _known[address] = answer;
        if (answer.Wait(longestWait / (1 << Math.Min(_lateAnswers, 16))))
        {
            _lateAnswers = 0;
            return answer.Result;
        }

        _lateAnswers++;
        return default;
    }

    private byte[]? Ask(IpAddress address)
    {
        try
        {
            byte[]? name = find(address);
            if (name is null) return null;
            if (isShort && name.AsSpan().IndexOf((byte)'.') is > 0 and int dot) name = name[..dot];
            var text = new LineWriter(name.Length * 4);
            text.AppendPrintable(name);
            return text.Written.ToArray();
        }
        finally
        {
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
