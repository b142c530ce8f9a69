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

    /// <summary>The path of the program.</summary>
    public static string Path => Environment.ProcessPath!;
}
