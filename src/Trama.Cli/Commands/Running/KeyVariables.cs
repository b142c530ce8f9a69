using Trama.Peers.Security;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// How the programs that a command starts are asked to write down their TLS secrets, without anybody's doing: environment variables that
/// add to what is set there and replace nothing, and a file of the run's own, which goes with it.
/// </summary>
internal sealed class KeyVariables : IDisposable
{
    private const string KeyLog = "SSLKEYLOGFILE", Node = "NODE_OPTIONS", Hooks = "DOTNET_STARTUP_HOOKS", Hook = "Trama.KeyLogging.dll";

    private readonly string? _folder;

    private KeyVariables(string? folder, string path, Dictionary<string, string> environment) =>
        (_folder, Path, Environment) = (folder, path, environment);

    /// <summary>The key log: the run's own, or the one that the environment names already.</summary>
    public string Path { get; }

    /// <summary>The variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Makes the file and the variables.</summary>
    public static KeyVariables Create()
    {
        string? asked = System.Environment.GetEnvironmentVariable(KeyLog);
        string folder = Directory.CreateTempSubdirectory("trama-keys-").FullName;
        string path = string.IsNullOrEmpty(asked) ? System.IO.Path.Combine(folder, "keys") : asked;
        if (!File.Exists(path)) SecretFile.Protect(path);
        string hook = System.IO.Path.Combine(folder, Hook);
        using (Stream source = typeof(KeyVariables).Assembly.GetManifestResourceStream(Hook)!)
        using (FileStream target = File.Create(hook)) source.CopyTo(target);
        return new KeyVariables(folder, path, new Dictionary<string, string>
        {
            [KeyLog] = path,
            [Node] = Added(Node, ' ', $"--tls-keylog={path}"),
            [Hooks] = Added(Hooks, System.IO.Path.PathSeparator, hook),
        });
    }

    /// <summary>Deletes what was made.</summary>
    public void Dispose()
    {
        try
        {
            if (_folder is not null) Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"trama: {_folder}: {error.Message}");
        }
    }

    private static string Added(string variable, char separator, string more) =>
        System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? $"{set}{separator}{more}" : more;
}
