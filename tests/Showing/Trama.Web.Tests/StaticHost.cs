using System.Net;
using System.Net.Sockets;

namespace Trama.Web.Tests;

/// <summary>A server that gives the files of a folder, and knows nothing else.</summary>
internal sealed class StaticHost : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;

    public StaticHost(string folder)
    {
        _folder = folder;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
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

            string path = Path.Combine(_folder, context.Request.Url!.AbsolutePath.TrimStart('/'));
            if (context.Request.Url.AbsolutePath == "/") path = Path.Combine(_folder, "index.html");
            using HttpListenerResponse response = context.Response;
            response.StatusCode = File.Exists(path) ? 200 : 404;
            response.ContentType = Path.GetExtension(path) switch
            {
                ".html" => "text/html",
                ".js" => "text/javascript",
                ".css" => "text/css",
                ".wasm" => "application/wasm",
                _ => "application/octet-stream",
            };
            if (File.Exists(path)) await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(path));
        }
    }
}
