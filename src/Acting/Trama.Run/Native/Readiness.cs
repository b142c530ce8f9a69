using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Run.Native;

/// <summary>Tells which of many descriptors can go on, epoll(7), and each change once.</summary>
internal sealed unsafe class Readiness : IDisposable
{
    /// <summary>There is something to read, or the far side ended.</summary>
    public const uint Readable = 0x001 | 0x2000;

    /// <summary>There is room to write.</summary>
    public const uint Writable = 0x004;

    /// <summary>Something failed, or all is over.</summary>
    public const uint Failed = 0x008 | 0x010;

    private const int CloseOnExec = 0x80000, Add = 1, MostChanges = 256;
    private const int NumberOfFiles = 7, Aside = 50; // RLIMIT_NOFILE
    private const uint EachChangeOnce = 1u << 31;

    // struct epoll_event is packed on x86-64 alone.
    private static readonly int ChangeLength = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int TagAt = ChangeLength - 8;

    private readonly SafeFileHandle _poll = new(Libc.NewPoll(CloseOnExec), ownsHandle: true);
    private readonly byte[] _changes = new byte[MostChanges * ChangeLength];

    /// <summary>Whether this process can open one more descriptor, and some for what else it does.</summary>
    /// <param name="promised">How many are to be opened before that one.</param>
    public static bool HasHandle(int promised = 0)
    {
        nuint* limits = stackalloc nuint[2];
        bool isLimited = Libc.GetLimit(NumberOfFiles, limits) == 0;
        using var one = new SafeFileHandle(Libc.NewPoll(CloseOnExec), ownsHandle: true);
        // The lowest free number is the one that is given.
        return !one.IsInvalid && (!isLimited || limits[0] > int.MaxValue || one.DangerousGetHandle() < (nint)limits[0] - Aside - promised);
    }

    /// <summary>Watches a descriptor until it is closed.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="tag">What its changes are told with.</param>
    /// <param name="always">Whether it is told as long as there is something to read, and not only when that changes.</param>
    public void Watch(SafeHandle descriptor, long tag, bool always = false)
    {
        byte* change = stackalloc byte[16];
        *(uint*)change = always ? Readable : Readable | Writable | EachChangeOnce;
        *(long*)(change + TagAt) = tag;
        if (Libc.ControlPoll(_poll, Add, descriptor, change) != 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>Waits for changes.</summary>
    /// <returns>How many there are.</returns>
    public int Wait(int milliseconds)
    {
        fixed (byte* start = _changes) return Math.Max(0, Libc.WaitForPoll(_poll, start, MostChanges, milliseconds));
    }

    /// <summary>One of the changes that the last wait found.</summary>
    public (uint Events, long Tag) Change(int index)
    {
        ReadOnlySpan<byte> change = _changes.AsSpan(index * ChangeLength, ChangeLength);
        return (BitConverter.ToUInt32(change), BitConverter.ToInt64(change[TagAt..]));
    }

    /// <inheritdoc/>
    public void Dispose() => _poll.Dispose();
}
