using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Trama.Framing.Tls;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>One connection of a command between two TLS connections of ours, or passed on as it is.</summary>
/// <param name="interceptor">Knows which hosts are left alone.</param>
/// <param name="authority">Signs.</param>
/// <param name="near">The command's side.</param>
/// <param name="far">The server's side.</param>
/// <param name="opening">What was said before, and to whom.</param>
internal sealed class InterceptedConnection(
    TlsInterceptor interceptor, RunAuthority authority, Socket near, Socket far, PlainOpening opening)
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Serves it to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            near.NoDelay = far.NoDelay = true;
            far.Blocking = near.Blocking = true;
            byte[] hello = await HelloAsync(stop);
            await ServeAsync(hello, stop);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException)
        {
            // A side broke it off: so does the other.
            Abort(near);
            Abort(far);
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }

    private static void Abort(Socket socket)
    {
        if (!socket.SafeHandle.IsClosed) socket.LingerState = new LingerOption(true, 0);
    }

    private async Task ServeAsync(byte[] hello, CancellationToken stop)
    {
        TlsClientHello? asked = TlsClientHello.Read(hello);
        string host = asked?.ServerName ?? opening.Server.Address.ToString();
        if (asked is null || interceptor.IsLeftAlone(Place(host)) || !await TryAsync(host, asked, stop))
        {
            await PassAsync(hello, far, stop);
            return;
        }

        var outer = new SecuredSide(far, default);
        await using SslStream outerTls = outer.Tls;
        if (await OpenFarAsync(outerTls, host, asked, stop) is { } obstacle)
        {
            interceptor.LeaveAlone(Place(host), obstacle.English, obstacle.Portuguese);
            // What the server saw was ours; the command's own words go to it anew, or, behind others, not at all.
            if (!opening.IsEmpty) throw new AuthenticationException(obstacle.English);
            far.Dispose();
            using Socket again = await opening.RepeatAsync(stop);
            await PassAsync(hello, again, stop);
            return;
        }

        var inner = new SecuredSide(near, hello);
        await using SslStream innerTls = inner.Tls;
        if (!await OpenNearAsync(innerTls, host, outerTls.NegotiatedApplicationProtocol, stop)) return;
        await BothAsync(inner.CopyAsync(outer, stop), outer.CopyAsync(inner, stop));
    }

    // Where TLS begins behind other words, a server that we cannot stand before is found by another connection: this one stays whole.
    private async Task<bool> TryAsync(string host, TlsClientHello asked, CancellationToken stop)
    {
        if (opening.IsEmpty || interceptor.IsTried(Place(host))) return true;
        (string English, string Portuguese)? obstacle;
        try
        {
            using Socket other = await opening.RepeatAsync(stop);
            await using SslStream tls = new SecuredSide(other, default).Tls;
            obstacle = await OpenFarAsync(tls, host, asked, stop);
        }
        catch (SocketException error)
        {
            obstacle = ($"it takes no second connection ({error.Message})", $"ele não aceita uma segunda conexão ({error.Message})");
        }

        if (obstacle is { } found) interceptor.LeaveAlone(Place(host), found.English, found.Portuguese);
        else interceptor.Try(Place(host));
        return obstacle is null;
    }

    private string Place(string host) => $"{host}:{opening.Server.Port}";

    // Null when the server is who it says; else why it is left alone.
    private static async Task<(string English, string Portuguese)?> OpenFarAsync(
        SslStream outer, string host, TlsClientHello asked, CancellationToken stop)
    {
        SslPolicyErrors problems = SslPolicyErrors.None;
        bool asksForCertificate = false;
        try
        {
            await outer.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ApplicationProtocols = [.. asked.Protocols.Where(protocol => protocol.Length > 0)
                    .Select(protocol => new SslApplicationProtocol(Encoding.Latin1.GetBytes(protocol)))],
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, _, _, found) => (problems = found) == SslPolicyErrors.None,
                LocalCertificateSelectionCallback = (_, _, _, certificate, _) =>
                {
                    // Called before the handshake too, when there is no certificate of the server's yet.
                    asksForCertificate |= certificate is not null;
                    return null!;
                },
            }, stop);
            return asksForCertificate ? ("it asks for the client's certificate", "ele pede o certificado do cliente") : null;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return problems == SslPolicyErrors.None ? ($"TLS with it fails ({error.Message})", $"o TLS com ele falha ({error.Message})")
                : ($"its certificate is not valid ({problems})", $"o certificado dele não é válido ({problems})");
        }
    }

    private async Task<bool> OpenNearAsync(SslStream inner, string host, SslApplicationProtocol chosen, CancellationToken stop)
    {
        try
        {
            await inner.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = authority.For(host),
                ApplicationProtocols = chosen.Protocol.IsEmpty ? null : [chosen],
            }, stop);
            return true;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            interceptor.LeaveAlone(Place(host), "the command refuses our certificate; it is passed on from the next connection on",
                "o comando recusa nosso certificado; é repassado a partir da próxima conexão");
            return false;
        }
    }

    // The first record of the command's, or what it sent instead.
    private async Task<byte[]> HelloAsync(CancellationToken stop)
    {
        byte[] bytes = new byte[TlsClientHello.LongestRecord];
        int count = 0;
        do
        {
            int more = await near.ReceiveAsync(bytes.AsMemory(count), stop);
            if (more == 0) break;
            count += more;
        }
        while (count < bytes.Length && (count < 11 || TlsClientHello.LengthOf(bytes.AsSpan(0, count)) > count));
        return bytes[..count];
    }

    private async Task PassAsync(byte[] first, Socket to, CancellationToken stop)
    {
        await using var inner = new NetworkStream(near, ownsSocket: false);
        await using var outer = new NetworkStream(to, ownsSocket: false);
        await outer.WriteAsync(first, stop);
        await BothAsync(CopyAsync(inner, outer, to, stop), CopyAsync(outer, inner, near, stop));
    }

    // A direction that ends leaves the other; one that is broken off ends both, whoever is silent in the other.
    private static async Task BothAsync(Task one, Task other)
    {
        await await Task.WhenAny(one, other);
        await Task.WhenAll(one, other);
    }

    private static async Task CopyAsync(Stream from, Stream to, Socket end, CancellationToken stop)
    {
        await from.CopyToAsync(to, BufferBytes, stop);
        end.Shutdown(SocketShutdown.Send);
    }
}
