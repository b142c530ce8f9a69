using System.Net;
using System.Net.Sockets;
using Trama.Lab.Hosts;
using Trama.Lab.Paths;
using Trama.Namespaces;

namespace Trama.Lab.Programs;

/// <summary>The server's program: what its plan lets it do on its host.</summary>
internal sealed class ServerProgram(Host host, int port, Journal journal, Func<Dice, Content> content, Link link, int seed) : IDisposable
{
    private readonly Dice _dice = new(seed);
    private readonly ManualResetEventSlim _ready = new();
    private readonly List<Socket> _sockets = [];

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; } = new(host.Address, port);

    /// <summary>How many connections may wait to be accepted.</summary>
    public int Backlog { get; init; } = 64;

    /// <summary>The receive buffer of its connections, in bytes; null leaves it to the kernel.</summary>
    public int? ReceiveBuffer { get; init; }

    /// <summary>The path, for a server that knows when its client shall vanish.</summary>
    public Link Link => link;

    /// <summary>Whether the socket listens, or the program has ended.</summary>
    public void WaitUntilReady() => _ready.Wait(Talk.Patience);

    /// <summary>Starts a further thread of the program; what its sockets meet ends it.</summary>
    public Thread Start(Action part) => host.Start(() =>
    {
        try
        {
            part();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The journal has it.
        }
    });

    /// <summary>Starts to listen.</summary>
    /// <param name="address">At this address of the host; null for its first.</param>
    public Socket Listen(IPAddress? address = null)
    {
        var socket = new Socket(host.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        lock (_sockets) _sockets.Add(socket);
        if (ReceiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        socket.SetCongestionControl(host.Settings.CongestionControl);
        socket.Bind(address is null ? Endpoint : new IPEndPoint(address, Endpoint.Port));
        socket.Listen(Backlog);
        _ready.Set();
        return socket;
    }

    /// <summary>Accepts the next connection.</summary>
    public Talk Accept(Socket listening)
    {
        Socket socket = listening.Accept();
        lock (_sockets) _sockets.Add(socket);
        ConnectionLog log = journal.Of((IPEndPoint)socket.RemoteEndPoint!, (IPEndPoint)socket.LocalEndPoint!);
        log.Accepted = Clock.Now;
        log.Note("server", "accepted");
        return new Talk(socket, log, isClient: false, content(_dice));
    }

    /// <summary>Listens, and accepts the one connection that comes.</summary>
    public Talk Accept() => Accept(Listen());

    /// <summary>Says that there is nothing to wait for: nothing will listen, or it has ended.</summary>
    public void Ready() => _ready.Set();

    /// <summary>Whether its sockets were closed by force.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Closes every socket, so that no call blocks any longer.</summary>
    public void Dispose()
    {
        IsCutOff = true;
        lock (_sockets) _sockets.ForEach(socket => socket.Dispose());
    }
}
