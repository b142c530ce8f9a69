using Microsoft.Win32.SafeHandles;
using Trama.Processes.Native;

namespace Trama.Processes.Forking;

/// <summary>
/// Hears from the kernel of every process that is made (the process connector of netlink(7)), and so knows the descendants of this one,
/// also of those that are gone. Opening needs root.
/// </summary>
public sealed class ForkWatch : IDisposable
{
    private const int Connector = 11, ProcessEvents = 1;
    private const int WaitMs = 100;

    private readonly SafeFileHandle _netlink;
    private readonly Descendants _descendants = new(Environment.ProcessId);
    private readonly Lock _noting = new();
    private readonly Thread _thread;
    private volatile bool _isOver;

    private ForkWatch(SafeFileHandle netlink)
    {
        _netlink = netlink;
        _thread = new Thread(Work) { Name = "forks", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Begins; null where the kernel, or what the caller may do, does not allow it.</summary>
    public static ForkWatch? Open()
    {
        if (!OperatingSystem.IsLinux()) return null;
        int descriptor = Libc.Socket(Libc.Netlink, Libc.RawClosedOnExec, Connector);
        if (descriptor < 0) return null;
        var netlink = new SafeFileHandle(descriptor, ownsHandle: true);
        // struct sockaddr_nl: family, padding, port, groups.
        ReadOnlySpan<uint> address = [Libc.Netlink, 0, ProcessEvents];
        if (Libc.Bind(netlink, address, 3 * sizeof(uint)) == 0 && Subscribe(netlink, true)) return new ForkWatch(netlink);
        netlink.Dispose();
        return null;
    }

    /// <summary>Whether a process was made by this one, or by one of those, since this began.</summary>
    public bool Has(int process)
    {
        lock (_noting) return _descendants.Has(process);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        Subscribe(_netlink, false);
        _netlink.Dispose();
    }

    private static bool Subscribe(SafeFileHandle netlink, bool listen)
    {
        byte[] message = ProcessEvent.Subscription(listen);
        return Libc.Send(netlink, message, (nuint)message.Length, 0) == message.Length;
    }

    private void Work()
    {
        Span<byte> message = new byte[ProcessEvent.Room];
        Span<Libc.PollRequest> request =
            [new() { Descriptor = (int)_netlink.DangerousGetHandle(), Events = Libc.PollRequest.Readable }];
        while (!_isOver)
        {
            if (Libc.Poll(request, 1, WaitMs) <= 0) continue;
            int length = (int)Libc.Receive(_netlink, message, ProcessEvent.Room, 0);
            // What was lost, since too much happened at once, stays unknown.
            if (length <= 0) continue;
            lock (_noting) _descendants.Note(ProcessEvent.Read(message[..length]));
        }
    }
}
