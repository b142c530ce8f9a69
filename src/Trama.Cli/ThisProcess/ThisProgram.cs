using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Trama.Cli.ThisProcess;

/// <summary>This program: its version, its path, starting it once more.</summary>
internal static class ThisProgram
{
    /// <summary>The version of trama.</summary>
    public static string Version =>
        typeof(ThisProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>A start of <c>trama</c> with these arguments.</summary>
    public static ProcessStartInfo Start(params string[] args) => new(Path, args)
    {
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    /// <summary>Another program of this project: the one beside this, else the one on the path.</summary>
    public static string Beside(string name)
    {
        string beside = System.IO.Path.Combine(AppContext.BaseDirectory, name);
        return File.Exists(beside) ? beside : name;
    }

    /// <summary>The path of the program.</summary>
    public static string Path => Environment.ProcessPath!;
}
