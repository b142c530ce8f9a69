using System.Net;
using System.Net.Sockets;
using Trama.Peers.Sending;

namespace Trama.Peers.Datagrams;

/// <summary>A UDP client: sends a datagram and takes the one that answers it.</summary>
public sealed class DatagramClient : IDisposable
{
    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Queue<IPAddress> _addresses;
    private readonly byte[] _buffer = new byte[64 << 10];
    private Socket _socket;

    private DatagramClient(ClientOptions options, TimeProvider time, IPAddress[] addresses)
    {
        _options = options;
        _time = time;
        _addresses = new Queue<IPAddress>(addresses);
        Server = new IPEndPoint(_addresses.Dequeue(), options.Port);
        _socket = Open(options, Server);
    }

    /// <summary>The address and port that it sends to.</summary>
    public IPEndPoint Server { get; private set; }

    /// <summary>The own address and port; the port stays the same when another address of the name is tried.</summary>
    public IPEndPoint Own => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Looks up the server's name. Nothing is sent yet, so nobody knows whether there is one.</summary>
    /// <param name="options">Of which name, port, family, own address and timeouts count.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ClientException">The name is unknown, or there is no way to its address.</exception>
    public static async Task<DatagramClient> OpenAsync(ClientOptions options, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        return new DatagramClient(options, time, await Connector.LookUpAsync(options, time));
    }

    /// <summary>Sends a datagram and waits for the next one of the server, for <see cref="ClientOptions.ReplyTimeout"/>. When the
    /// server's host says that nobody listens, the next address of the name is tried.</summary>
    /// <returns>The reply; valid until the next call.</returns>
    /// <exception cref="ClientException">The datagram is too large, nobody listens, or no reply came in time.</exception>
    public async Task<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> message)
    {
        while (true)
        {
            using var deadline = new CancellationTokenSource(_options.ReplyTimeout, _time);
            try
            {
                await _socket.SendAsync(message, deadline.Token);
                return _buffer.AsMemory(0, await _socket.ReceiveAsync(_buffer.AsMemory(), deadline.Token));
            }
            catch (OperationCanceledException)
            {
                throw new ClientException(ClientFailure.ReplyTimedOut);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused
                && _addresses.TryDequeue(out IPAddress? next))
            {
                var own = new IPEndPoint(next.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, Own.Port);
                _socket.Dispose();
                Server = new IPEndPoint(next, _options.Port);
                _socket = Open(_options with { From = _options.From ?? own }, Server);
            }
            catch (SocketException error)
            {
                throw new ClientException(error.SocketErrorCode == SocketError.MessageSize
                    ? ClientFailure.TooLarge : Connector.Reason(error.SocketErrorCode), error);
            }
        }
    }

    /// <summary>Gives the own port back.</summary>
    public void Dispose() => _socket.Dispose();

    private static Socket Open(ClientOptions options, IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (options.From is { } from) Connector.Bind(socket, from);
        try
        {
            // So that only the server's datagrams arrive, and what its host says about a port where nobody listens.
            socket.Connect(server);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ClientException(Connector.Reason(error.SocketErrorCode), error);
        }
    }
}
