using Microsoft.Win32.SafeHandles;
using Trama.Peers.Native;

namespace Trama.Peers.Transports;

/// <summary>
/// One thread that learns from the kernel which connections can go on, and goes on with them itself. What waits for a
/// connection therefore runs here, and must never block.
/// </summary>
internal sealed class Poller
{
    private const int MostChanges = 512;
    private static readonly Lazy<Poller> Instance = new(() => new Poller());

    private readonly Lock _changing = new();
    private readonly SafeFileHandle _epoll = LinuxPoll.Create();

    // By the number of their handle. A change that was reported before its socket was closed must not meet the next socket
    // of the same number, which would take the other's end for its own: tags tell them apart.
    private PolledTransport?[] _transports = new PolledTransport?[1024];
    private int _lastTag;

    private Poller() => new Thread(Run) { IsBackground = true, Name = "poller" }.Start();

    /// <summary>The one of this process.</summary>
    public static Poller Shared => Instance.Value;

    /// <summary>
    /// Whether it looks for the next change for a moment before it sleeps, as long as that pays: to wake a sleeping processor takes
    /// longer than many a reply.
    /// </summary>
    public bool LooksAhead { get; set; }

    /// <summary>Tells a connection of its changes from now on, and first of what it can do now.</summary>
    public void Add(PolledTransport transport)
    {
        int handle = transport.Handle;
        lock (_changing)
        {
            if (handle >= _transports.Length) Array.Resize(ref _transports, Math.Max(2 * _transports.Length, handle + 1));
            transport.Tag = ++_lastTag;
            _transports[handle] = transport;
        }

        LinuxPoll.Watch(_epoll, transport.Socket.SafeHandle, transport.Tag);
    }

    /// <summary>Forgets a connection; to be called before its socket is closed.</summary>
    public void Remove(PolledTransport transport)
    {
        lock (_changing)
            if (_transports[transport.Handle] == transport) _transports[transport.Handle] = null;
    }

    private void Run()
    {
        byte[] changes = new byte[MostChanges * 16];
        var lookout = new Lookout();
        while (true)
        {
            int count = LooksAhead ? lookout.Look(_epoll, changes) : 0;
            if (count <= 0) count = LinuxPoll.Wait(_epoll, changes);
            for (int index = 0; index < count; index++)
            {
                (int handle, int tag, uint events) = LinuxPoll.Change(changes, index);
                if (Volatile.Read(ref _transports)[handle] is { } transport && transport.Tag == tag) transport.Notice(events);
            }
        }
    }
}
