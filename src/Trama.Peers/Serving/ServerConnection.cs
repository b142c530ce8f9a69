using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Trama.Peers.Serving;

/// <summary>One connection of a <see cref="Server"/>, from its acceptance to its end.</summary>
public sealed class ServerConnection
{
    // One read takes at most this much, and each read is a message.
    private const int ReadSize = 64 << 10;

    // A client that always has more to say gives way to the others after this many reads in a row.
    private const int ReadsInARow = 32;

    private const int NotAsked = -1;

    // How long the client has, after the reply, to say its next byte and to close.
    private static readonly TimeSpan LingerSilence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LingerAltogether = TimeSpan.FromSeconds(30);

    private readonly Server _server;
    private readonly Socket _socket;

    // The runtime resets a connection that is disposed of while another thread is in a call on its socket.
    private readonly Lock _closing = new();
    private int _askedEnd = NotAsked;
    private int _readsInARow;
    private long _lastProgress;
    private long _repliedAt = -1;

    /// <exception cref="SocketException">The client has gone already.</exception>
    internal ServerConnection(Server server, Socket socket, long id)
    {
        _server = server;
        _socket = socket;
        Id = id;
        Client = Unmapped((IPEndPoint)socket.RemoteEndPoint!);
        _lastProgress = server.Tick;
        socket.NoDelay = true;
    }

    /// <summary>The number of this connection, counted from 1 as the server accepts them.</summary>
    public long Id { get; }

    /// <summary>The address and port of the client; one that came by IPv4 has an IPv4 address.</summary>
    public IPEndPoint Client { get; }

    /// <summary>The address and port that the client connected to. Meaningful until the connection is closed.</summary>
    public IPEndPoint Local => Unmapped((IPEndPoint)_socket.LocalEndPoint!);

    /// <summary>Messages received.</summary>
    public long Messages { get; private set; }

    /// <summary>Bytes received.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Bytes of replies that the system took.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Asks the connection to end for a reason of the server's; the first reason counts.</summary>
    internal void Ask(ConnectionEnd end, SocketShutdown how)
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)end, NotAsked);
        try
        {
            lock (_closing) _socket.Shutdown(how);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Resets the connection at once.</summary>
    internal void Abort()
    {
        Interlocked.Exchange(ref _askedEnd, (int)ConnectionEnd.Aborted);
        _socket.Close(0);
    }

    /// <summary>Ends the connection when it has been silent, or has lingered, for too long.</summary>
    internal void EndWhenOverdue(ProgressClock clock)
    {
        long lastProgress = Volatile.Read(ref _lastProgress);
        long repliedAt = Volatile.Read(ref _repliedAt);
        if (repliedAt >= 0)
        {
            bool overdue = clock.IsLongerThan(LingerSilence, lastProgress) || clock.IsLongerThan(LingerAltogether, repliedAt);
            if (overdue) Ask(ConnectionEnd.Replied, SocketShutdown.Both);
        }
        else if (clock.IsIdleSince(lastProgress))
        {
            Ask(ConnectionEnd.Idle, SocketShutdown.Both);
        }
    }

    /// <summary>Serves the client until the connection is over. Never throws.</summary>
    internal async Task RunAsync()
    {
        ConnectionEnd end;
        try
        {
            _server.Log.Connected(this);
            end = await ConverseAsync();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            end = ConnectionEnd.Reset;
        }

        lock (_closing) _socket.Dispose();
        if (end != ConnectionEnd.TooLarge && Asked is { } asked) end = asked;
        _server.Log.Closed(this, end);
        _server.Remove(this);
    }

    private ConnectionEnd? Asked => Volatile.Read(ref _askedEnd) is not NotAsked and int asked ? (ConnectionEnd)asked : null;

    private async Task<ConnectionEnd> ConverseAsync()
    {
        ServerOptions options = _server.Options;
        do
        {
            // An empty receive waits for data without holding a buffer, so that silent connections cost little.
            await ReadableAsync();
            byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
            try
            {
                int count = await ReadAsync(buffer);
                if (count == 0) return ConnectionEnd.ClientClosed;
                Messages++;
                _server.Log.Received(this, buffer.AsSpan(0, count));
                await SendAsync(options.Echo ? buffer.AsMemory(0, count) : options.Reply);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        while (options.KeepOpen && Asked is null);

        return await LingerAsync();
    }

    /// <summary>
    /// Closes our side and reads what still comes until the client closes too: a close with unread bytes would be a
    /// reset, which can destroy the reply on its way (RFC 2525, section 2.17).
    /// </summary>
    private async Task<ConnectionEnd> LingerAsync()
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)ConnectionEnd.Replied, NotAsked);
        Volatile.Write(ref _repliedAt, _server.Tick);
        _socket.Shutdown(SocketShutdown.Send);
        while (ReceivedBytes <= _server.Options.MessageLimit)
        {
            await ReadableAsync();
            byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
            try
            {
                if (await ReadAsync(buffer) == 0) return ConnectionEnd.Replied;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return ConnectionEnd.TooLarge;
    }

    // Not an async method: it would cost an allocation for each wait.
    private ValueTask<int> ReadableAsync()
    {
        ValueTask<int> readable = _socket.ReceiveAsync(Memory<byte>.Empty);
        if (!readable.IsCompleted) _readsInARow = 0;
        else if (++_readsInARow == ReadsInARow) return GiveWayAsync(readable);
        return readable;
    }

    private async ValueTask<int> GiveWayAsync(ValueTask<int> readable)
    {
        _readsInARow = 0;
        await Task.Yield();
        return await readable;
    }

    private async ValueTask<int> ReadAsync(byte[] buffer)
    {
        int count = await _socket.ReceiveAsync(buffer.AsMemory(0, ReadSize));
        ReceivedBytes += count;
        NoteProgress();
        return count;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> reply)
    {
        for (int sent = 0; sent < reply.Length;)
        {
            int count = await _socket.SendAsync(reply[sent..]);
            sent += count;
            SentBytes += count;
            NoteProgress();
        }

        _server.Log.Replied(this, reply.Length);
    }

    private void NoteProgress() => Volatile.Write(ref _lastProgress, _server.Tick);

    private static IPEndPoint Unmapped(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
