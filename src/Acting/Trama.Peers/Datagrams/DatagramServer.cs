using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Peers.Listening;
using Trama.Peers.Replies;
using Trama.Peers.Transports;

namespace Trama.Peers.Datagrams;

/// <summary>A UDP server: answers each datagram with a datagram, until it is asked to stop.</summary>
public sealed class DatagramServer : IDisposable
{
    // No datagram is larger (RFC 768).
    private const int BufferSize = 64 << 10;

    // Ports below are those of servers, as inetd has it.
    private const int FirstFreePort = 1024;

    // How many answers may be in the making; meanwhile datagrams wait in the kernel, which drops them when it has no room.
    private const int MostPending = 64;

    private readonly DatagramServerOptions _options;
    private readonly IDatagramLog _log;
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly SemaphoreSlim _room = new(MostPending);
    private readonly CancellationTokenSource _over = new();
    private readonly RepeatedDatagrams _repeated = new();
    private readonly ReplyRate _rate;
    private readonly int _ownPort;

    private DatagramServer(DatagramServerOptions options, IDatagramLog log, TimeProvider time, Socket socket)
    {
        _options = options;
        _log = log;
        _time = time;
        _socket = socket;
        _rate = new ReplyRate(options.Rate, time);
        _ownPort = Endpoint.Port;
    }

    /// <summary>The address and port it receives at, until it is disposed of.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Takes the port; datagrams may come from now on, and are answered once <see cref="RunAsync"/> is called.</summary>
    /// <exception cref="ListenException">The system refused.</exception>
    public static DatagramServer Listen(DatagramServerOptions options, IDatagramLog log, TimeProvider? time = null) =>
        new(options, log, time ?? TimeProvider.System, Listener.OpenDatagrams(options.Address, options.Port));

    /// <summary>
    /// Serves until <paramref name="stop"/> is signalled, or until its one datagram is answered
    /// (<see cref="DatagramServerOptions.Once"/>); what is being answered then has <see cref="DatagramServerOptions.StopDeadline"/>.
    /// To be called once.
    /// </summary>
    /// <exception cref="SocketException">The socket is of no use any more.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        _log.Listening(Endpoint);
        try
        {
            do await ServeOneAsync(stop);
            while (!_options.Once);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        await PendingAsync(_options.Once && !stop.IsCancellationRequested ? Timeout.InfiniteTimeSpan : _options.StopDeadline, stop);
        _log.Stopped();
    }

    /// <summary>Gives the port back.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _over.Dispose();
    }

    // Receives until a datagram comes whose sender may send; its answer may come later.
    private async Task ServeOneAsync(CancellationToken stop)
    {
        var anyone = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        await _rate.TurnAsync(stop);
        await _room.WaitAsync(stop);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(buffer.AsMemory(0, BufferSize), anyone, stop);
                var client = (IPEndPoint)received.RemoteEndPoint.Unmapped();
                if (_options.Access?.Admits(client.Address) != false)
                {
                    if (_repeated.IsOneTooMany(client, buffer.AsSpan(0, received.ReceivedBytes))) _log.Repeated(client);
                    _ = AnswerAsync(buffer, received.ReceivedBytes, client);
                    return;
                }

                _log.Refused(client);
            }
        }
        catch
        {
            Release(buffer);
            throw;
        }
    }

    private async Task AnswerAsync(byte[] buffer, int length, IPEndPoint client)
    {
        ReadOnlyMemory<byte> message = buffer.AsMemory(0, length);
        try
        {
            _log.Received(client, message.Span);
            if (_options.Responder is null) return;
            if (client.Port < FirstFreePort || client.Port == _ownPort)
            {
                _log.Unanswered(client, new ResponderException(ResponderFailure.MayLoop));
                return;
            }

            Answer answer = await _options.Responder.AnswerAsync(message, client, _over.Token);
            if (answer.Trouble is { } trouble) _log.Troubled(client, trouble);
            if (answer.Reply.IsEmpty) return;
            await _socket.SendToAsync(answer.Reply, client);
            _log.Replied(client, answer.Reply.Span);
        }
        catch (ResponderException error)
        {
            _log.Unanswered(client, error);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            _log.ReplyFailed(client, error.Message);
        }
        finally
        {
            Release(buffer);
        }
    }

    private void Release(byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        _room.Release();
    }

    // Waits until all the room is free again, or no longer than that.
    private async Task PendingAsync(TimeSpan deadline, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token,
            deadline == Timeout.InfiniteTimeSpan ? stop : default);
        int free = 0;
        try
        {
            for (; free < MostPending; free++) await _room.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            await _over.CancelAsync();
            for (; free < MostPending; free++) await _room.WaitAsync(CancellationToken.None);
        }
    }
}
