using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Replies;
using Trama.Peers.Security;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving;

/// <summary>One connection of a <see cref="Server"/>, from its acceptance to its end.</summary>
public sealed partial class ServerConnection
{
    // One read takes at most this much.
    private const int ReadSize = 64 << 10;

    // A client that always has more to say gives way to the others after this many reads in a row.
    private const int ReadsInARow = 32;

    private const int NotAsked = -1;

    private static readonly byte[] Shared = new byte[256 << 10];

    // How long the client has, after the reply, to say its next byte and to close.
    private static readonly TimeSpan LingerSilence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LingerAltogether = TimeSpan.FromSeconds(30);

    private readonly Server _server;
    private readonly ITransport _transport;

    // As the system gave it, until somebody asks for it: idle connections are many.
    private EndPoint _client;
    private int _askedEnd = NotAsked;
    private int _readsInARow;
    private long _lastProgress;
    private long _repliedAt = -1;

    /// <exception cref="SocketException">The client has gone already.</exception>
    internal ServerConnection(Server server, ITransport transport, long id)
    {
        _server = server;
        _transport = transport;
        Id = id;
        _client = transport.Socket.RemoteEndPoint is IPEndPoint client ? client : Local;
        _lastProgress = server.Tick;
    }

    /// <summary>The number of this connection, counted from 1 as the server accepts them.</summary>
    public long Id { get; }

    /// <summary>The address and port of the client; one that came by IPv4 has an IPv4 address. Those of a Unix socket have no
    /// address of their own, and go by the socket's.</summary>
    public EndPoint Client => _client = _client.Unmapped();

    /// <summary>The address and port, or the Unix socket, that the client connected to. Meaningful until the connection is closed.</summary>
    public EndPoint Local => _transport.Socket.LocalEndPoint!.Unmapped();

    /// <summary>Messages received.</summary>
    public long Messages { get; private set; }

    /// <summary>Bytes received.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Bytes of replies that the system took.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Bytes of a message that has begun and is not complete; after <see cref="ConnectionEnd.Cut"/>, what there was of it.</summary>
    public int IncompleteBytes => _assembler?.Length ?? 0;

    /// <summary>Where and why the bytes did not fit the framing, after <see cref="ConnectionEnd.Unfit"/>.</summary>
    public FramingFailure FramingFailure => _assembler?.Failure ?? default;

    /// <summary>Why the handshake failed, after <see cref="ConnectionEnd.TlsFailed"/>.</summary>
    public TlsException? TlsError { get; private set; }

    /// <summary>Why there was no answer, after <see cref="ConnectionEnd.Unanswered"/>.</summary>
    public ResponderException? ResponderError { get; private set; }

    /// <summary>What the kernel counted, at the end of the connection and when <see cref="ServerOptions.Statistics"/> asks for it.</summary>
    public TcpStatistics? Statistics { get; private set; }

    /// <summary>Asks the connection to end for a reason of the server's; the first reason counts.</summary>
    internal void Ask(ConnectionEnd end, SocketShutdown how)
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)end, NotAsked);
        _transport.Shutdown(how);
    }

    /// <summary>Asks the connection to end once what it is answering has been answered.</summary>
    internal void AskToStop() => AskWhenAnswered(ConnectionEnd.Stopped);

    /// <summary>Resets the connection at once.</summary>
    internal void Abort()
    {
        Interlocked.Exchange(ref _askedEnd, (int)ConnectionEnd.Aborted);
        _transport.Abort();
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
            await _transport.OpenAsync();
            end = _server.Options switch
            {
                { Sink: true } => await DiscardAsync(),
                { Source: > 0 and long bytes } => await PourAsync(bytes),
                { Broadcast: true } => await TakePartAsync(),
                _ => await HearAsync() ?? await LingerAsync(),
            };
            if (end is ConnectionEnd.ClientClosed or ConnectionEnd.Cut && _server.Options.Tls is not null) await EndTooAsync();
        }
        catch (TlsException error)
        {
            TlsError = error;
            end = ConnectionEnd.TlsFailed;
        }
        catch (ResponderException error)
        {
            ResponderError = error;
            end = ConnectionEnd.Unanswered;
        }
        catch (MisbehaviourException over)
        {
            end = await MisbehaveAsync(over);
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            end = ConnectionEnd.Reset;
        }

        if (_server.Options.Statistics) Statistics = TcpStatistics.Of(_transport.Socket);
        _transport.Dispose();
        if (IsAskable(end) && Asked is { } asked) end = asked;
        _server.Log.Closed(this, end);
        _assembler?.Forget();
        _batch?.Clear();
        _server.Remove(this);
    }

    // A client of TLS may wait to hear that this side ends too (RFC 8446, section 6.1).
    private async Task EndTooAsync()
    {
        try
        {
            await _transport.EndAsync();
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            // It did not wait.
        }
    }

    // What the server was asked for explains how a connection ended, unless it ended for a reason of its own.
    private static bool IsAskable(ConnectionEnd end) =>
        end is ConnectionEnd.ClientClosed or ConnectionEnd.Cut or ConnectionEnd.Replied or ConnectionEnd.Reset or ConnectionEnd.TlsFailed;

    private void AskWhenAnswered(ConnectionEnd end)
    {
        Interlocked.CompareExchange(ref _askedEnd, (int)end, NotAsked);
        _transport.Wake();
    }

    private ConnectionEnd? Asked => Volatile.Read(ref _askedEnd) is not NotAsked and int asked ? (ConnectionEnd)asked : null;

    private async Task<ConnectionEnd> MisbehaveAsync(MisbehaviourException over)
    {
        SentBytes += over.Sent;
        try
        {
            if (!over.IsReset) await LingerAsync();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }

        return ConnectionEnd.Misbehaved;
    }

    private async Task<ConnectionEnd> DiscardAsync()
    {
        // What is in it does not matter, so one buffer serves all connections.
        do await ReadableAsync();
        while (Count(await _transport.DiscardAsync(Shared)) > 0 && Asked is null);
        return ConnectionEnd.ClientClosed;
    }

    private async Task<ConnectionEnd> PourAsync(long bytes)
    {
        for (; bytes > 0 && Asked is null; bytes -= Shared.Length) await SendAsync(Shared.AsMemory(0, (int)Math.Min(bytes, Shared.Length)));
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
        await _transport.EndAsync();
        long most = _server.Options.MessageLimit + (_server.Options.KeepOpen ? ReceivedBytes : 0);
        while (ReceivedBytes <= most)
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

        // Who was sent away for another reason is not sent away for what still came.
        return Asked == ConnectionEnd.Replied ? ConnectionEnd.TooLarge : ConnectionEnd.Replied;
    }

    // Not an async method: it would cost an allocation for each wait.
    private ValueTask ReadableAsync()
    {
        ValueTask readable = _transport.ReadableAsync();
        if (!readable.IsCompleted) _readsInARow = 0;
        else if (++_readsInARow == ReadsInARow) return GiveWayAsync(readable);
        return readable;
    }

    private async ValueTask GiveWayAsync(ValueTask readable)
    {
        _readsInARow = 0;
        await Task.Yield();
        await readable;
    }

    private async ValueTask<int> ReadAsync(byte[] buffer) => Count(await _transport.ReceiveAsync(buffer));

    private int Count(int count)
    {
        if (count > 0) ReceivedBytes += count;
        NoteProgress();
        return count;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = await _transport.SendAsync(bytes);
            bytes = bytes[count..];
            SentBytes += count;
            NoteProgress();
        }
    }

    private void NoteProgress() => Volatile.Write(ref _lastProgress, _server.Tick);
}
