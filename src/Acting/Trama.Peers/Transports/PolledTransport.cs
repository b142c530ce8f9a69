using System.Net.Sockets;
using Trama.Peers.Native;

namespace Trama.Peers.Transports;

/// <summary>
/// A connection without anything between, on Linux: asks the kernel for bytes when it has some, so that a wait holds no
/// buffer and a request costs one read and one write.
/// </summary>
internal sealed class PolledTransport : ITransport
{
    private readonly SafeSocketHandle _handle;
    private readonly Poller? _poller;
    private readonly Readiness _receiving = new();
    private Readiness? _sending;
    private volatile bool _woken;

    /// <param name="socket">A connected socket that does not block.</param>
    /// <param name="poller">Who calls <see cref="Notice"/>; null means somebody else.</param>
    /// <exception cref="SocketException">The system watches no more sockets.</exception>
    public PolledTransport(Socket socket, Poller? poller)
    {
        Socket = socket;
        _handle = socket.SafeHandle;
        Handle = (int)_handle.DangerousGetHandle();
        _poller = poller;
        poller?.Add(this);
    }

    /// <inheritdoc/>
    public Socket Socket { get; }

    /// <summary>The number of the socket's handle.</summary>
    public int Handle { get; }

    /// <summary>What the poller tells the socket from later ones of the same handle by.</summary>
    public int Tag { get; set; }

    /// <inheritdoc/>
    // From the moment at which it looks for bytes until it waits again, nobody waits.
    public bool AwaitsMore => _receiving.IsAwaited;

    /// <inheritdoc/>
    public ValueTask OpenAsync() => default;

    /// <inheritdoc/>
    public ValueTask ReadableAsync() => _receiving.WaitAsync();

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => ReceiveAsync(buffer, forget: false);

    /// <inheritdoc/>
    public ValueTask<int> DiscardAsync(Memory<byte> buffer) => ReceiveAsync(buffer, forget: true);

    /// <inheritdoc/>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        int count = LinuxPoll.Send(_handle, bytes.Span);
        return count >= 0 ? new(count) : SendLaterAsync(bytes);
    }

    /// <inheritdoc/>
    public async ValueTask<int> SendFileAsync(FileStream file)
    {
        if (_sending is null) Volatile.Write(ref _sending, new Readiness());
        while (true)
        {
            _sending.Clear();
            int count = LinuxPoll.SendFile(_handle, file.SafeFileHandle, file.Position);
            if (count > 0) file.Seek(count, SeekOrigin.Current);
            if (count != LinuxPoll.NoRoom) return count == LinuxPoll.NoFile ? -1 : count;
            await _sending.WaitAsync();
            // The kernel reads the file, and others wait for the poller meanwhile.
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask EndAsync()
    {
        Socket.Shutdown(SocketShutdown.Send);
        return default;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        _woken = true;
        _receiving.Set();
    }

    /// <inheritdoc/>
    public void Shutdown(SocketShutdown how)
    {
        try
        {
            // The runtime resets a connection that is disposed of while another thread is in a call on its socket.
            lock (_receiving) Socket.Shutdown(how);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <inheritdoc/>
    public void Abort()
    {
        _poller?.Remove(this);
        Socket.Close(0);
        _receiving.Set(forEver: true);
        Volatile.Read(ref _sending)?.Set(forEver: true);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _poller?.Remove(this);
        lock (_receiving) Socket.Dispose();
    }

    /// <summary>The kernel reports what the connection can do.</summary>
    internal void Notice(uint events)
    {
        bool ended = (events & LinuxPoll.Ended) != 0;
        if ((events & (LinuxPoll.Writable | LinuxPoll.Ended)) != 0) Volatile.Read(ref _sending)?.Set(ended);
        if ((events & (LinuxPoll.Readable | LinuxPoll.Ended)) != 0) _receiving.Set(ended);
    }

    private ValueTask<int> ReceiveAsync(Memory<byte> buffer, bool forget)
    {
        int count = Receive(buffer.Span, forget);
        return count >= 0 || _woken ? new(count) : ReceiveLaterAsync(buffer, forget);
    }

    private int Receive(Span<byte> buffer, bool forget)
    {
        _receiving.Clear();
        int count = forget ? LinuxPoll.Discard(_handle, buffer) : LinuxPoll.Receive(_handle, buffer);
        // Less than there is room for is all that there was (epoll(7)).
        if (count == buffer.Length) _receiving.Set();
        return count;
    }

    private async ValueTask<int> ReceiveLaterAsync(Memory<byte> buffer, bool forget)
    {
        int count;
        do
        {
            await _receiving.WaitAsync();
            count = Receive(buffer.Span, forget);
        }
        while (count < 0 && !_woken);
        return count;
    }

    private async ValueTask<int> SendLaterAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_sending is null) Volatile.Write(ref _sending, new Readiness());
        while (true)
        {
            _sending.Clear();
            int count = LinuxPoll.Send(_handle, bytes.Span);
            if (count >= 0) return count;
            await _sending.WaitAsync();
        }
    }
}
