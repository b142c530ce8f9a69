using System.Net;
using Microsoft.Win32.SafeHandles;
using Trama.Processes.Sockets;

namespace Trama.Run;

/// <summary>
/// The sockets of a command's own network. The kernel is asked there (sock_diag(7)), which takes microseconds; where it does not answer,
/// <c>/proc</c> tells, which takes milliseconds. For any thread.
/// </summary>
public sealed class InsideSockets : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int _process;
    private readonly SocketTable? _table;

    /// <summary>Begins to ask.</summary>
    /// <param name="process">The number of the command's process.</param>
    /// <param name="table">What a process within asked with, and is closed with this; null where there is none.</param>
    public InsideSockets(int process, SafeFileHandle? table)
    {
        _process = process;
        if (table is null) return;
        _table = new SocketTable(table);
        try
        {
            _table.ListListening();
        }
        catch (SocketTableException)
        {
            // A kernel without the module for it.
            _table.Dispose();
            _table = null;
        }
    }

    /// <summary>Where TCP sockets listen; none when the network is gone.</summary>
    public IEnumerable<IPEndPoint> Listening()
    {
        if (_table is null) return NetworkFile.Listening(_process);
        lock (_lock)
        {
            return Told(_table.ListListening);
        }
    }

    /// <summary>Whether a UDP socket gets what is sent to a place.</summary>
    public bool HasDatagrams(IPEndPoint place)
    {
        if (_table is null) return NetworkFile.Datagrams(_process).Any(local => Gets(local, place));
        lock (_lock)
        {
            return Told(_table.ListUdp).Any(socket => Gets(socket.Local, place));
        }
    }

    /// <summary>The number of the file of a TCP socket; 0 when there is none.</summary>
    /// <param name="local">The socket's own side.</param>
    /// <param name="peer">Its other side.</param>
    public uint InodeOf(IPEndPoint local, IPEndPoint peer)
    {
        if (_table is null) return NetworkFile.InodeOf(_process, local, peer);
        lock (_lock)
        {
            return _table.Find(local, peer)?.Inode ?? 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _table?.Dispose();

    private static List<T> Told<T>(Func<List<T>> list)
    {
        try
        {
            return list();
        }
        catch (SocketTableException)
        {
            return [];
        }
    }

    // One at [::] gets IPv4 too, unless it was asked not to, which nothing tells.
    private static bool Gets(IPEndPoint local, IPEndPoint place) => local.Port == place.Port
        && (local.Address.Equals(place.Address) || local.Address.Equals(IPAddress.IPv6Any)
            || (local.Address.Equals(IPAddress.Any) && place.AddressFamily == local.AddressFamily));
}
