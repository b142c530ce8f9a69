using System.Diagnostics;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Run.Inside;

namespace Trama.Cli.Commands.Running;

/// <summary>A command on this machine's own network.</summary>
internal static class HostCommand
{
    /// <summary>Starts it. Its children that outlive their parent become this process's, and so stay in its tree.</summary>
    public static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        _ = Libc.ControlProcess(Libc.KeepOrphans, 1, 0, 0, 0);
        var start = new ProcessStartInfo(ThisProgram.Path, [InsideEntry.MarkOnHost, .. command]);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
