using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Trama.Web.Serving;

/// <summary>Kestrel by itself: no host, no configuration, no container of services, which the page has no use for.</summary>
internal sealed class HttpHost : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private const int LargestHead = 16 * 1024;

    private readonly Func<HttpContext, Task> _answer;
    private readonly KestrelServer _server;

    /// <summary>Makes it; nothing is open before <see cref="StartAsync"/>.</summary>
    /// <param name="at">Where it listens; of port 0, the system chooses one.</param>
    /// <param name="certificates">The certificate of TLS, and those that vouch for it; null for none.</param>
    /// <param name="connections">How many connections there may be at a time.</param>
    /// <param name="answer">Answers a request.</param>
    public HttpHost(IPEndPoint at, X509Certificate2Collection? certificates, int connections, Func<HttpContext, Task> answer)
    {
        _answer = answer;
        var options = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = new NoServices() };
        options.Limits.MaxConcurrentConnections = connections;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxRequestHeadersTotalSize = LargestHead;
        options.Limits.MaxRequestLineSize = LargestHead;
        options.Listen(at, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificates is not null) TlsLayer.Use(listen, certificates);
        });
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), sockets, NullLoggerFactory.Instance);
    }

    /// <summary>The addresses at which it listens, once it does.</summary>
    public IEnumerable<string> Addresses => _server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address or port is taken, or not of this machine.</exception>
    public Task StartAsync() => _server.StartAsync(this, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _server.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context) => _answer(context);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
