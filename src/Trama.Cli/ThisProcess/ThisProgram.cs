using System.Diagnostics;
using System.Text;

namespace Trama.Cli.ThisProcess;

/// <summary>Starting this same program once more.</summary>
internal static class ThisProgram
{
    /// <summary>A start of <c>trama</c> with these arguments.</summary>
    public static ProcessStartInfo Start(params string[] args) => new(Path, args)
    {
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    /// <summary>The path of the program.</summary>
    public static string Path => Environment.ProcessPath!;
}
