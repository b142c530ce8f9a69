using System.Net;
using System.Net.Sockets;
using Trama.Peers.Security;
using Trama.Reports;
using Trama.Run;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>What <c>--intercept</c> takes: an authority for this run, the programs' trust in it, and who stands in between.</summary>
internal sealed class Interception : IDisposable
{
    private readonly RunAuthority _authority = new();
    private readonly TrustVariables _variables;
    private readonly TlsInterceptor _interceptor;

    /// <summary>Makes it.</summary>
    /// <param name="keyLog">Where the secrets of our own TLS connections are written.</param>
    /// <param name="folder">Where the certificates are put.</param>
    /// <param name="language">The language of what is told.</param>
    public Interception(string keyLog, RunFolder folder, Language language)
    {
        KeyLog.Write(keyLog);
        _variables = new TrustVariables(_authority.Certificate, folder);
        _interceptor = new TlsInterceptor(_authority, language);
    }

    /// <summary>The variables that the command gets.</summary>
    public IReadOnlyDictionary<string, string> Environment => _variables.Environment;

    /// <summary>Takes over a socket; see <see cref="TlsInterceptor.Take"/>.</summary>
    public Socket Take(Socket real, IPEndPoint server, IReadOnlyList<SaidBefore> before, long heard) =>
        _interceptor.Take(real, server, before, heard);

    /// <inheritdoc/>
    public void Dispose()
    {
        _interceptor.Dispose();
        _authority.Dispose();
    }
}
