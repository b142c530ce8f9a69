using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Trama.Web.Serving;

/// <summary>
/// TLS between Kestrel's sockets and its HTTP. Kestrel's own asks a container of services for what it needs, and there is none.
/// </summary>
internal static class TlsLayer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Speaks it with every client.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="certificates">The own certificate with its key first, then those that vouch for it.</param>
    public static void Use(ListenOptions listen, X509Certificate2Collection certificates)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificates[0], [.. certificates.Skip(1)], offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        listen.Use(next => connection => ServeAsync(connection, options, next));
    }

    private static async Task ServeAsync(ConnectionContext connection, SslServerAuthenticationOptions options, ConnectionDelegate next)
    {
        IDuplexPipe plain = connection.Transport;
        await using var stream = new SslStream(new DuplexStream(plain));
        try
        {
            using var late = new CancellationTokenSource(Patience);
            await stream.AuthenticateAsServerAsync(options, late.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or OperationCanceledException)
        {
            // Who speaks no TLS, or does not like the certificate, has no page.
            return;
        }

        var secured = new Secured(PipeReader.Create(stream), PipeWriter.Create(stream));
        connection.Transport = secured;
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            connection.Transport = plain;
            await secured.Input.CompleteAsync().ConfigureAwait(false);
            await secured.Output.CompleteAsync().ConfigureAwait(false);
        }
    }

    private sealed record Secured(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
