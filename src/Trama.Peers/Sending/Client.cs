using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Trama.Peers.Sending;

/// <summary>A TCP client: sends messages over one connection and takes the replies.</summary>
public sealed class Client : IDisposable
{
    private const int ReadSize = 64 << 10;
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(100);

    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly TimeSpan _replyGap;

    private Client(ClientOptions options, TimeProvider time, Socket socket, TimeSpan connecting)
    {
        _options = options;
        _time = time;
        _socket = socket;
        _socket.NoDelay = true;
        TimeSpan patient = 3 * connecting;
        _replyGap = options.ReplyGap ?? (patient > ShortestGap ? patient : ShortestGap);
        Server = (IPEndPoint)socket.RemoteEndPoint!;
    }

    /// <summary>The address and port that it is connected to.</summary>
    public IPEndPoint Server { get; }

    /// <summary>Connects, trying every address that the name has, in order.</summary>
    /// <exception cref="ClientException">The name is unknown, or no address answered.</exception>
    public static async Task<Client> ConnectAsync(ClientOptions options, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        long start = time.GetTimestamp();
        Socket socket = await Connector.ConnectAsync(options, time);
        return new Client(options, time, socket, time.GetElapsedTime(start));
    }

    /// <summary>
    /// Sends a message and takes the reply. Nothing in TCP says where a reply ends: it is what comes until the server
    /// closes or is silent for <see cref="ClientOptions.ReplyGap"/>. Bytes are taken while the message is still going out,
    /// so that a server that answers early does not stall.
    /// </summary>
    /// <param name="message">What to send; when empty, the server is expected to speak first.</param>
    /// <param name="reply">Receives the bytes of the reply as they come.</param>
    /// <returns>How the end of the reply was known.</returns>
    /// <exception cref="ClientException">No reply, or the connection broke, perhaps after part of the reply.</exception>
    public async Task<ReplyEnd> ExchangeAsync(ReadOnlyMemory<byte> message, Action<ReadOnlySpan<byte>> reply)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            Task sending = SendAsync(message);
            ReplyEnd end = await ReceiveAsync(buffer, sending, reply);
            await sending;
            return end;
        }
        catch (SocketException error)
        {
            bool reset = error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted;
            throw new ClientException(reset ? ClientFailure.Reset : ClientFailure.Other, error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        try
        {
            while (!message.IsEmpty)
            {
                patience.CancelAfter(_options.ReplyTimeout);
                int count = await _socket.SendAsync(message[..Math.Min(message.Length, ReadSize)], patience.Token);
                message = message[count..];
            }
        }
        catch (OperationCanceledException)
        {
            throw new ClientException(ClientFailure.SendTimedOut);
        }
    }

    private async Task<ReplyEnd> ReceiveAsync(byte[] buffer, Task sending, Action<ReadOnlySpan<byte>> reply)
    {
        for (bool begun = false; ; begun = true)
        {
            using var patience = new CancellationTokenSource();
            Task<int> receiving = _socket.ReceiveAsync(buffer.AsMemory(0, ReadSize), patience.Token).AsTask();
            // The server's time begins when it has the whole message.
            await Task.WhenAny(receiving, sending);
            int count = await WithinAsync(begun || sending.IsFaulted ? _replyGap : _options.ReplyTimeout, receiving, patience);
            if (count > 0)
            {
                reply(buffer.AsSpan(0, count));
                continue;
            }

            if (begun) return count == 0 ? ReplyEnd.Closed : ReplyEnd.Silent;
            if (sending.IsFaulted) await sending;
            throw new ClientException(count == 0 ? ClientFailure.ClosedWithoutReply : ClientFailure.ReplyTimedOut);
        }
    }

    // The bytes received, 0 when the server has closed, or -1 when nothing came in time.
    private async Task<int> WithinAsync(TimeSpan limit, Task<int> receiving, CancellationTokenSource patience)
    {
        try
        {
            return await receiving.WaitAsync(limit, _time);
        }
        catch (TimeoutException)
        {
            await patience.CancelAsync();
        }

        try
        {
            // It may have come in the last moment after all.
            return await receiving;
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }
}
