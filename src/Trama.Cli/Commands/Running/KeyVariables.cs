using Trama.Peers.Security;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// How the programs that a command starts are asked to write down their TLS secrets, without anybody's doing: environment variables that
/// add to what is set there and replace nothing, and a file of the run's own, which goes with it.
/// </summary>
internal sealed class KeyVariables : IDisposable
{
    private const string KeyLog = "SSLKEYLOGFILE", Node = "NODE_OPTIONS", Hooks = "DOTNET_STARTUP_HOOKS", Hook = "Trama.KeyLogging.dll";

    private KeyVariables(RunFolder folder, string path, Dictionary<string, string> environment) =>
        (Folder, Path, Environment) = (folder, path, environment);

    /// <summary>The folder of the run's own files.</summary>
    public RunFolder Folder { get; }

    /// <summary>The key log: the run's own, or the one that the environment names already.</summary>
    public string Path { get; }

    /// <summary>The variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Makes the file and the variables.</summary>
    public static KeyVariables Create()
    {
        string? asked = System.Environment.GetEnvironmentVariable(KeyLog);
        var folder = new RunFolder();
        string path = string.IsNullOrEmpty(asked) ? folder.PathOf("keys") : asked;
        if (!File.Exists(path)) SecretFile.Protect(path);
        string hook = folder.PathOf(Hook);
        using (Stream source = typeof(KeyVariables).Assembly.GetManifestResourceStream(Hook)!)
        using (FileStream target = File.Create(hook)) source.CopyTo(target);
        return new KeyVariables(folder, path, new Dictionary<string, string>
        {
            [KeyLog] = path,
            [Node] = Added(Node, ' ', OptionWords.Quoted($"--tls-keylog={path}")),
            [Hooks] = Added(Hooks, System.IO.Path.PathSeparator, hook),
        });
    }

    /// <summary>Deletes what was made.</summary>
    public void Dispose() => Folder.Dispose();

    private static string Added(string variable, char separator, string more) =>
        System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? $"{set}{separator}{more}" : more;
}
