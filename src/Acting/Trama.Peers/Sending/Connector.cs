using System.Net;
using System.Net.Sockets;
using Trama.Peers.Misbehaving;
using Trama.Peers.Security;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>Finds a way to a server: looks up its name and tries each address in turn.</summary>
internal static class Connector
{
    /// <summary>A connection through which bytes can flow: with TLS and with faults, where asked for.</summary>
    /// <exception cref="ClientException">The name is unknown, no address answered, or TLS failed.</exception>
    public static async Task<ITransport> OpenAsync(ClientOptions options, TimeProvider time)
    {
        Socket socket = options switch
        {
            { UnixPath: { } path } => await ConnectAsync(path, options.Due),
            { Proxy: { } proxy } => await ConnectAsync(proxy, options, time),
            _ => await ConnectAsync(options, time),
        };
        ITransport transport = FaultPlan.Apply(options.Faults, Transport.Over(socket, options.Tls), time);
        try
        {
            if (!options.Preamble.IsEmpty) await socket.SendAsync(options.Preamble);
            await transport.OpenAsync().AsTask().WaitAsync(options.ConnectTimeout, time);
            return transport;
        }
        catch (Exception error) when (error is TlsException or TimeoutException)
        {
            transport.Dispose();
            throw new ClientException(ClientFailure.TlsFailed, error);
        }
        catch (SocketException error)
        {
            // It was reset between being connected and now.
            transport.Dispose();
            throw new ClientException(ClientFailure.Reset, error);
        }
    }

    /// <summary>A connected socket, from the first address that answers.</summary>
    /// <exception cref="ClientException">The name is unknown, or no address answered.</exception>
    public static async Task<Socket> ConnectAsync(ClientOptions options, TimeProvider time)
    {
        long start = time.GetTimestamp();
        IPAddress[] addresses = await LookUpAsync(options, time);
        var attempts = new List<ConnectAttempt>();
        foreach (IPAddress address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                options.Tuning.Apply(socket);
                if (options.From is { } from) Bind(socket, from);
                if (options.Connecting is { } connecting) connecting(OwnPort(socket));
                if (attempts.Count == 0 && options.Due is { } due)
                {
                    await WhenDueAsync(due, socket);
                    start = time.GetTimestamp();
                }

                // What one address leaves of its share goes to the next ones; none can use up the time of all.
                TimeSpan share = (options.ConnectTimeout - time.GetElapsedTime(start)) / (addresses.Length - attempts.Count);
                using var deadline = new CancellationTokenSource(share > TimeSpan.Zero ? share : TimeSpan.Zero, time);
                await ConnectAsync(socket, new IPEndPoint(address, options.Port), deadline.Token);
                options.Connected?.Invoke(socket);
                return socket;
            }
            catch (SocketException error)
            {
                attempts.Add(new ConnectAttempt(address, Reason(error.SocketErrorCode), error.Message));
            }
            catch (TimeoutException)
            {
                attempts.Add(new ConnectAttempt(address, ClientFailure.ConnectTimedOut, ""));
            }

            socket.Dispose();
        }

        throw new ClientException(attempts);
    }

    /// <exception cref="TimeoutException">It took too long.</exception>
    private static async Task ConnectAsync(Socket socket, IPEndPoint server, CancellationToken deadline)
    {
        try
        {
            await socket.ConnectAsync(server, deadline);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException();
        }
    }

    private static async ValueTask WhenDueAsync(Func<ValueTask> due, Socket socket)
    {
        try
        {
            await due();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Socket> ConnectAsync(ProxyServer proxy, ClientOptions options, TimeProvider time)
    {
        Socket socket = await ConnectAsync(options with { Host = proxy.Host, Port = proxy.Port }, time);
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        try
        {
            await ProxyHandshake.ConnectAsync(socket, proxy, options.Host, options.Port, deadline.Token);
            return socket;
        }
        catch (Exception error) when (error is ProxyException or SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new ClientException(
                ClientFailure.ProxyFailed,
                error as ProxyException ?? new ProxyException(error is SocketException ? ProxyFailure.NotAProxy : ProxyFailure.TimedOut));
        }
    }

    // At once, or not at all.
    private static async Task<Socket> ConnectAsync(string unixPath, Func<ValueTask>? due)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (due is not null) await WhenDueAsync(due, socket);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(unixPath));
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ClientException(Reason(error.SocketErrorCode), error);
        }
    }

    private static int OwnPort(Socket socket)
    {
        if (!socket.IsBound) socket.Bind(
            new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Gives a socket its own address.</summary>
    /// <exception cref="ClientException">It is none of this machine, or its port is taken; the socket is closed.</exception>
    public static void Bind(Socket socket, IPEndPoint from)
    {
        // A port that was used a moment ago may be used again: the server is another one, or has forgotten it.
        if (from.Port != 0) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            socket.Bind(from);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ClientException(ClientFailure.OwnAddress, error);
        }
    }

    /// <summary>The addresses of the name, of the family that is asked for.</summary>
    /// <exception cref="ClientException">There are none, or to find them took too long.</exception>
    public static async Task<IPAddress[]> LookUpAsync(ClientOptions options, TimeProvider time)
    {
        string host = options.Host;
        if (IPAddress.TryParse(host, out IPAddress? literal))
            return options.Family is null || literal.AddressFamily == options.Family
                ? [literal] : throw new ClientException(ClientFailure.NameNotFound);
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, deadline.Token);
            bool usable(IPAddress address) => (options.Family is null || address.AddressFamily == options.Family)
                && (address.AddressFamily != AddressFamily.InterNetworkV6 || Socket.OSSupportsIPv6);
            addresses = [.. addresses.Where(usable).Distinct()];
            return addresses.Length > 0 ? addresses : throw new ClientException(ClientFailure.NameNotFound);
        }
        catch (OperationCanceledException)
        {
            throw new ClientException(ClientFailure.LookupTimedOut);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new ClientException(ClientFailure.NameNotFound, error);
        }
    }

    /// <summary>What an error of the system says about an attempt to reach somebody.</summary>
    public static ClientFailure Reason(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ClientFailure.Refused,
        SocketError.TimedOut => ClientFailure.ConnectTimedOut,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown
            or SocketError.HostDown or SocketError.AddressNotAvailable => ClientFailure.Unreachable,
        SocketError.ConnectionReset => ClientFailure.Reset,
        _ => ClientFailure.Other,
    };
}
