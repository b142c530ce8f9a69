using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Trama.Rows.Tests.Spans;

/// <summary>A collector in this process, which answers as it is told.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Collector(Func<int, (int Status, byte[] Body)>? answer = null)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/v1/traces");
        }

        _listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = ServeAsync(answer ?? (_ => (200, [])));
    }

    public Uri Address { get; }

    public ConcurrentQueue<(string Path, string Type, string? Key, byte[] Body)> Requests { get; } = [];

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
        _listener.Close();
    }

    private async Task ServeAsync(Func<int, (int Status, byte[] Body)> answer)
    {
        for (int i = 0; ; i++)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Requests.Enqueue((context.Request.RawUrl!, context.Request.ContentType!, context.Request.Headers["x-key"], body.ToArray()));
            (int status, byte[] bytes) = answer(i);
            context.Response.StatusCode = status;
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
    }
}
