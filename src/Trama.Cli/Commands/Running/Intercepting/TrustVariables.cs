using System.Security.Cryptography.X509Certificates;
using Trama.Peers.Security;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>
/// How the programs that a command starts are told to trust the run's own authority beside those that they trust anyhow: environment
/// variables, and files with public certificates that go with the run.
/// </summary>
internal sealed class TrustVariables
{
    // Each names a file that is read in place of the system's.
    private static readonly string[] Replacing = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO"];

    // The system's: Debian, Fedora, SUSE, Alpine.
    private static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    ];

    private const string Node = "NODE_EXTRA_CA_CERTS", Java = "JAVA_TOOL_OPTIONS";

    // Where it is not set, no file is asked for, and psql takes any certificate: to set it would change that.
    private const string Postgresql = "PGSSLROOTCERT";

    private readonly RunFolder _folder;

    /// <summary>Makes the files and the variables.</summary>
    public TrustVariables(X509Certificate2 authority, RunFolder folder)
    {
        _folder = folder;
        string own = authority.ExportCertificatePem() + "\n", system = Bundles.FirstOrDefault(File.Exists) ?? "";
        var environment = new Dictionary<string, string>();
        foreach (string variable in Replacing) environment[variable] = Write(variable, TextOf(Set(variable) ?? system) + own);
        environment[Node] = Write(Node, TextOf(Set(Node) ?? "") + own);
        if (Set(Postgresql) is { } roots && roots != "system") environment[Postgresql] = Write(Postgresql, TextOf(roots) + own);
        string store = _folder.PathOf("java.jks");
        File.WriteAllBytes(store, JavaKeyStore.Write([authority, .. Roots(system)], DateTimeOffset.UtcNow));
        string options = $"{OptionWords.Quoted($"-Djavax.net.ssl.trustStore={store}")} -Djavax.net.ssl.trustStoreType=JKS "
            + $"-Djavax.net.ssl.trustStorePassword={JavaKeyStore.Password}";
        environment[Java] = Set(Java) is { } set ? $"{set} {options}" : options;
        Environment = environment;
    }

    /// <summary>The variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    private static string? Set(string variable) => System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : null;

    private static string TextOf(string path)
    {
        try
        {
            return path.Length == 0 ? "" : File.ReadAllText(path) + "\n";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A command that cannot read it would not either.
            return "";
        }
    }

    private static X509Certificate2Collection Roots(string path)
    {
        try
        {
            return path.Length == 0 ? [] : Certificates.Read(path);
        }
        catch (CertificateException)
        {
            return [];
        }
    }

    private string Write(string variable, string text)
    {
        string path = _folder.PathOf($"{variable}.pem");
        File.WriteAllText(path, text);
        return path;
    }
}
