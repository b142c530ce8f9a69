using System.Net;
using System.Net.Sockets;
using Trama.Lab.Hosts;
using Trama.Lab.Paths;
using Trama.Namespaces;

namespace Trama.Lab.Programs;

/// <summary>The client's program: what its plan lets it do on its host.</summary>
internal sealed class ClientProgram(Host host, IPEndPoint server, Journal journal, Func<Dice, Content> content, Link link, int seed)
{
    private readonly Dice _dice = new(seed);

    /// <summary>The receive buffer of its connections, in bytes; null leaves it to the kernel.</summary>
    public int? ReceiveBuffer { get; init; }

    /// <summary>The path, for a client that knows when its server shall vanish.</summary>
    public Link Link => link;

    /// <summary>Starts a further thread of the program; what its sockets meet ends it.</summary>
    public Thread Start(Action part) => host.Start(() =>
    {
        try
        {
            part();
        }
        catch (SocketException)
        {
            // The journal has it.
        }
    });

    /// <summary>Tries another port of the server, says nothing, and closes.</summary>
    public void Probe(int serverPort)
    {
        using var socket = new Socket(host.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(host.Address, 0));
        ConnectionLog log = journal.Begin((IPEndPoint)socket.LocalEndPoint!, new IPEndPoint(server.Address, serverPort));
        log.ConnectStart = Clock.Now;
        try
        {
            socket.Connect(server.Address, serverPort);
        }
        catch (SocketException error)
        {
            log.ClientOutcome = Outcomes.Of(error);
            log.Note("client", log.ClientOutcome);
        }
    }

    /// <summary>Connects.</summary>
    /// <param name="timeout">How long the program waits; null leaves it to the kernel.</param>
    /// <param name="port">The client's port; 0 for any.</param>
    /// <param name="options">What is set on the socket first.</param>
    /// <param name="to">Another address of the server's host; null for its first.</param>
    /// <exception cref="SocketException">The connection could not be opened; it is in the journal.</exception>
    public Talk Connect(TimeSpan? timeout = null, int port = 0, Action<Socket>? options = null, IPAddress? to = null)
    {
        var socket = new Socket(host.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (ReceiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        socket.SetCongestionControl(host.Settings.CongestionControl);
        options?.Invoke(socket);
        socket.Bind(new IPEndPoint(host.Address, port));
        IPEndPoint target = to is null ? server : new IPEndPoint(to, server.Port);
        ConnectionLog log = journal.Begin((IPEndPoint)socket.LocalEndPoint!, target);
        log.ConnectStart = Clock.Now;
        try
        {
            if (timeout is { } wait && !socket.ConnectAsync(target).Wait(wait)) throw new SocketException((int)SocketError.WouldBlock);
            if (timeout is null) socket.Connect(target);
        }
        catch (Exception error) when (error is SocketException or AggregateException)
        {
            socket.Dispose();
            log.ClientOutcome = Outcomes.Of(error);
            log.Note("client", log.ClientOutcome);
            throw error as SocketException ?? (SocketException)error.InnerException!;
        }

        log.Connected = Clock.Now;
        log.Note("client", "connected");
        return new Talk(socket, log, isClient: true, content(_dice));
    }
}
