using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Peers.Native;

namespace Trama.Peers.Loading;

/// <summary>Where one thread of a load waits: for what its connections can do, and for a point in time.</summary>
internal sealed class LoadPoll : IDisposable
{
    private const int MostChanges = 512;

    private readonly SafeFileHandle _epoll = LinuxPoll.Create();
    private readonly SafeFileHandle _timer = LinuxTimer.Create();
    private readonly byte[] _changes = new byte[MostChanges * 16];
    private LoadConnection?[] _byHandle = new LoadConnection?[1024];
    private readonly Queue<LoadConnection> _postponed = new();
    private long _timerAt;

    /// <exception cref="SocketException">The system has no more handles.</exception>
    public LoadPoll() => LinuxPoll.Watch(_epoll, _timer);

    /// <summary>Tells a connection of its changes from now on.</summary>
    public void Add(LoadConnection connection, Socket socket)
    {
        int handle = connection.Handle;
        if (handle >= _byHandle.Length) Array.Resize(ref _byHandle, Math.Max(2 * _byHandle.Length, handle + 1));
        _byHandle[handle] = connection;
        LinuxPoll.Watch(_epoll, socket.SafeHandle);
    }

    /// <summary>Forgets a connection; to be called before its socket is closed.</summary>
    /// <returns>Whether it was known.</returns>
    public bool Remove(LoadConnection connection)
    {
        if (connection.Handle >= _byHandle.Length || _byHandle[connection.Handle] != connection) return false;
        _byHandle[connection.Handle] = null;
        return true;
    }

    /// <summary>A connection goes on at the next turn, whatever the kernel reports.</summary>
    public void Postpone(LoadConnection connection) => _postponed.Enqueue(connection);

    /// <summary>Waits for a change, at most until a point in time, and tells the connections of all that there are.</summary>
    public void Turn(long until)
    {
        int postponed = _postponed.Count;
        bool waits = postponed == 0 && until > LoadWorker.Now;
        if (waits && until != _timerAt) LinuxTimer.Set(_timer, _timerAt = until);
        int count = LinuxPoll.Wait(_epoll, _changes, waits ? -1 : 0);
        for (int index = 0; index < count; index++)
        {
            (int handle, _, uint events) = LinuxPoll.Change(_changes, index);
            if (handle < _byHandle.Length) _byHandle[handle]?.Notice(events);
        }

        for (; postponed > 0; postponed--) _postponed.Dequeue().Continue();
    }

    /// <summary>Waits no more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _epoll.Dispose();
    }
}
