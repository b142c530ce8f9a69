using System.Diagnostics;
using System.Runtime.InteropServices;
using Trama.Peers.Native;

namespace Trama.Peers.Transports;

/// <summary>
/// Looks for changes without sleeping, where experience says that they often come so soon; elsewhere it looks only now and then,
/// since it costs a processor that others may need.
/// </summary>
internal struct Lookout
{
    private const int Certain = 1 << 16;
    private const int Worthwhile = Certain / 4;
    private const int Trial = 64;

    // Longer than a process takes to wake, answer on loopback and go to sleep again.
    private static readonly long s_patience = Stopwatch.Frequency / 10_000;
    private static readonly bool s_hasRoom = Environment.ProcessorCount > 1;

    private int _success = Certain / 2;
    private int _skipped;

    /// <summary>Begins without experience.</summary>
    public Lookout()
    {
    }

    /// <summary>The changes within the next tenth of a millisecond; 0 without any, or when it did not look.</summary>
    public int Look(SafeHandle epoll, Span<byte> changes)
    {
        if (!s_hasRoom || (_success < Worthwhile && ++_skipped < Trial)) return 0;
        _skipped = 0;
        long start = Stopwatch.GetTimestamp();
        int count;
        do
        {
            count = LinuxPoll.Wait(epoll, changes, 0);
        }
        while (count <= 0 && Stopwatch.GetTimestamp() - start < s_patience);
        // An average in which the last eight looks weigh most.
        _success += ((count > 0 ? Certain : 0) - _success) / 8;
        return count;
    }
}
