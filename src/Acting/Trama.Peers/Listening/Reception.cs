using System.Net;
using System.Net.Sockets;

namespace Trama.Peers.Listening;

/// <summary>Accepts the connections of a peer, runs them, and brings them to their end when it stops.</summary>
/// <typeparam name="TConnection">What a connection is.</typeparam>
internal sealed class Reception<TConnection> : IDisposable
    where TConnection : class, IAccepted
{
    // How long nobody may give memory back before somebody has to.
    private static readonly TimeSpan MemoryPatience = TimeSpan.FromSeconds(1);

    private readonly Socket _listener;
    private readonly ReceptionOptions _options;
    private readonly TimeProvider _time;
    private readonly OpenConnections<TConnection> _connections;
    private readonly SemaphoreSlim _room;
    private readonly MemoryBudget _memory;
    private TimeSpan _stuckFor;

    /// <param name="listener">The listening socket, which belongs to it from now on.</param>
    /// <param name="options">How to accept.</param>
    /// <param name="time">The clock.</param>
    public Reception(Socket listener, ReceptionOptions options, TimeProvider time)
    {
        (_listener, _options, _time) = (listener, options, time);
        Clock = new ProgressClock(options.IdleLimit);
        _connections = new OpenConnections<TConnection>(time);
        _memory = new MemoryBudget(options.MemoryLimit);
        _room = new SemaphoreSlim(options.MaxConnections);
    }

    /// <summary>Where it listens, until it is disposed of.</summary>
    public EndPoint Endpoint => _listener.LocalEndPoint!;

    /// <summary>The clock by which connections note their progress.</summary>
    public ProgressClock Clock { get; }

    /// <summary>The connections that are open now.</summary>
    public ReadOnlySpan<TConnection> Open => _connections.All;

    /// <summary>What a new connection holds of the memory for all of them.</summary>
    public MemoryShare Share() => new(_memory);

    /// <summary>
    /// Accepts until <paramref name="stop"/> is signalled, or until its one connection is over. Then it accepts no more, asks those that
    /// are open to stop, and resets what is left at the deadline. To be called once.
    /// </summary>
    /// <param name="welcome">Makes a connection of a socket and its number, from 1; null when it may not stay and the socket is closed
    /// already.</param>
    /// <param name="failed">Hears why a connection could not be accepted.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="SocketException">The listening socket is of no use any more; connections were finished first.</exception>
    public async Task RunAsync(Func<Socket, long, TConnection?> welcome, Action<SocketError> failed, CancellationToken stop)
    {
        await using ITimer timer = _time.CreateTimer(_ => OnTick(), null, Clock.Length, Clock.Length);
        try
        {
            await AcceptAsync(welcome, failed, stop);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        finally
        {
            _listener.Dispose();
            await _connections.EndAsync(_options.Once, _options.StopDeadline, stop);
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _room.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, long, TConnection?> welcome, Action<SocketError> failed, CancellationToken stop)
    {
        using var failures = new AcceptFailures(failed, _time);
        for (long id = 1; !(_options.Once && id > 1);)
        {
            await _room.WaitAsync(stop);
            TConnection? connection = null;
            try
            {
                connection = Welcome(await _listener.AcceptAsync(stop), id, welcome);
            }
            catch (SocketException error) when (!AcceptFailures.IsFatal(error.SocketErrorCode))
            {
                await failures.BackOffAsync(error.SocketErrorCode, stop);
            }

            if (connection is null)
            {
                _room.Release();
                continue;
            }

            id++;
            _connections.Add(connection);
            _ = RunOneAsync(connection);
            if (_options.Pause > TimeSpan.Zero) await Task.Delay(_options.Pause, _time, stop);
        }
    }

    private static TConnection? Welcome(Socket socket, long id, Func<Socket, long, TConnection?> welcome)
    {
        try
        {
            return welcome(socket, id);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task RunOneAsync(TConnection connection)
    {
        await connection.RunAsync();
        _room.Release();
        _connections.Remove(connection);
    }

    private void OnTick()
    {
        Clock.Advance();
        foreach (TConnection connection in _connections.All) connection.EndWhenOverdue(Clock);
        _stuckFor = _memory.IsStuck() ? _stuckFor + Clock.Length : default;
        if (_stuckFor < MemoryPatience) return;
        _stuckFor = default;
        FreeMemory();
    }

    // Those that hold most end, one or as many as it takes for the next to go on.
    private void FreeMemory()
    {
        long freed = 0;
        foreach ((TConnection connection, long held) in _connections.All.ToArray().Select(connection => (connection, connection.HeldBytes))
            .OrderByDescending(one => one.HeldBytes))
        {
            if (held == 0) return;
            freed += held;
            connection.GiveUpMemory();
            if (_memory.HasRoomWith(freed)) return;
        }
    }
}
