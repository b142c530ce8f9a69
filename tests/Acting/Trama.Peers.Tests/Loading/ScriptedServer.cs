using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.Peers.Tests.Loading;

/// <summary>A server on loopback that does with each connection what the test says.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentBag<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private int _accepted;

    public ScriptedServer(Func<Socket, CancellationToken, Task> script)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1000);
        Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
        _running.Add(AcceptAsync(script));
    }

    public IPEndPoint Endpoint { get; }

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Answers each line with another one.</summary>
    public static ScriptedServer AnsweringLines(Func<Task>? before = null) => new(async (socket, stop) =>
    {
        while (await LinesAsync(socket, stop) is > 0 and int lines)
        {
            if (before is not null) await before();
            await socket.SendAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ok\n", lines))), stop);
        }
    });

    /// <summary>How many line ends came with the next bytes; 0 when the client has closed.</summary>
    public static async Task<int> LinesAsync(Socket socket, CancellationToken stop)
    {
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            int count = await socket.ReceiveAsync(buffer, stop);
            int lines = buffer.AsSpan(0, count).Count((byte)'\n');
            if (count == 0 || lines > 0) return lines;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> script)
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _running.Add(RunAsync(socket, script));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task RunAsync(Socket socket, Func<Socket, CancellationToken, Task> script)
    {
        using Socket mine = socket;
        try
        {
            await script(socket, _stop.Token);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
    }
}
