using System.Net.Sockets;
using Trama.Peers.Security;
using Trama.Peers.Transports;

namespace Trama.Peers.Loading;

/// <summary>
/// TLS of one connection of a load. It is asked as the kernel is asked, and never waits: all of its work is done in these
/// calls, by the thread that makes them.
/// </summary>
internal sealed class LoadTls : IDisposable
{
    private readonly PolledTransport _bare;
    private readonly TlsTransport _transport;
    private readonly ValueTask _opening;
    private ValueTask<int>? _receiving;
    private ValueTask<int>? _sending;

    /// <summary>Begins the handshake.</summary>
    public LoadTls(Socket socket, TlsClientOptions options)
    {
        _bare = new PolledTransport(socket, poller: null);
        _transport = new TlsTransport(_bare, options);
        _opening = _transport.OpenAsync().Preserve();
    }

    /// <summary>The kernel reports what the connection can do.</summary>
    public void Notice(uint events) => _bare.Notice(events);

    /// <summary>Whether the handshake is over.</summary>
    /// <exception cref="TlsException">It failed.</exception>
    public bool TryOpen()
    {
        if (_opening.IsCompleted) _opening.GetAwaiter().GetResult();
        return _opening.IsCompleted;
    }

    /// <summary>Receives what is there.</summary>
    /// <param name="buffer">Where to; when nothing is there, it may be filled by a later <see cref="Notice"/>, and is to be given
    /// again.</param>
    /// <returns>How many bytes; 0 at the end of the stream; -1 when there is nothing.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public int Receive(Memory<byte> buffer) => Finished(ref _receiving, _receiving ?? _transport.ReceiveAsync(buffer));

    /// <summary>Sends what there is room for.</summary>
    /// <param name="bytes">What to send; what was not taken is to be given again.</param>
    /// <returns>How many bytes; -1 when there is no room.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public int Send(ReadOnlyMemory<byte> bytes) => Finished(ref _sending, _sending ?? _transport.SendAsync(bytes));

    /// <summary>Says that nothing will follow (RFC 8446, section 6.1), as far as there is room.</summary>
    public void End() => _ = _transport.EndAsync().AsTask();

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _transport.Dispose();

    private static int Finished(ref ValueTask<int>? place, ValueTask<int> work)
    {
        place = work.IsCompleted ? null : work;
        return work.IsCompleted ? work.GetAwaiter().GetResult() : -1;
    }
}
