using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.Rows.Metrics;

/// <summary>
/// Answers <c>GET /metrics</c> over HTTP/1.1, and closes: a request at a time on a connection, few connections at a time, each for a few
/// seconds.
/// </summary>
public sealed class MetricServer : IDisposable
{
    private const int LargestHead = 8 * 1024;
    private const int MostClients = 16;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener;
    private readonly Func<string> _metrics;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostClients);
    private readonly Task _serving;

    /// <summary>Begins to answer.</summary>
    /// <param name="place">Where; port 0 is any free one.</param>
    /// <param name="metrics">Writes the metrics.</param>
    /// <exception cref="SocketException">Nothing can be answered there.</exception>
    public MetricServer(IPEndPoint place, Func<string> metrics)
    {
        _metrics = metrics;
        _listener = new TcpListener(place);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where it answers.</summary>
    public IPEndPoint Place => (IPEndPoint)_listener.LocalEndpoint;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _serving.Wait();
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
                Socket client = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => AnswerAsync(client));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                if (_stop.IsCancellationRequested) break;
                _room.Release();
            }
        }

        // Those who are being answered are let go, and give their places back.
        for (int i = 0; i < MostClients - 1; i++) await _room.WaitAsync(s_longest).ConfigureAwait(false);
    }

    private async Task AnswerAsync(Socket client)
    {
        byte[] head = ArrayPool<byte>.Shared.Rent(LargestHead);
        try
        {
            using Socket socket = client;
            using var longest = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            longest.CancelAfter(s_longest);
            if (await ReadHeadAsync(socket, head, longest.Token).ConfigureAwait(false) is not { } length) return;
            byte[] answer = Answer(head.AsSpan(0, length));
            for (int sent = 0; sent < answer.Length;)
                sent += await socket.SendAsync(answer.AsMemory(sent), longest.Token).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // It went away, or was too slow.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
            _room.Release();
        }
    }

    // Null when the client ends before its request does, or that has no end.
    private static async Task<int?> ReadHeadAsync(Socket socket, byte[] head, CancellationToken stop)
    {
        int length = 0;
        while (length < LargestHead)
        {
            int read = await socket.ReceiveAsync(head.AsMemory(length, LargestHead - length), stop).ConfigureAwait(false);
            if (read == 0) return null;
            length += read;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0) return length;
        }

        return null;
    }

    private byte[] Answer(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> line = head[..head.IndexOf("\r\n"u8)];
        bool isHead = line.StartsWith("HEAD "u8);
        if (!isHead && !line.StartsWith("GET "u8)) return Answer("405 Method Not Allowed", "", isHead: false);
        ReadOnlySpan<byte> target = line[(isHead ? 5 : 4)..];
        int end = target.IndexOfAny(" ?"u8);
        bool isMetrics = end > 0 && target[..end].SequenceEqual("/metrics"u8);
        return isMetrics ? Answer("200 OK", _metrics(), isHead) : Answer("404 Not Found", "", isHead);
    }

    private static byte[] Answer(string status, string body, bool isHead)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {content.Length}\r\n")
            + "Connection: close\r\n\r\n");
        return isHead ? head : [.. head, .. content];
    }
}
