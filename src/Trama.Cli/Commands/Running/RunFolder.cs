using System.ComponentModel;
using System.Diagnostics;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Run.Inside;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// A private folder of a run, for what its command is told of by a path: secrets, certificates. It goes with the run; when the run is
/// killed, a guard takes it away, and where that was killed too, the next run.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "trama-keys-", Alive = "alive";

    // A run that has just made its folder has not marked it yet.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    private readonly string _path = Directory.CreateTempSubdirectory(Prefix).FullName;
    private readonly FileStream _alive;

    /// <summary>Makes it, and takes away those of runs that are gone.</summary>
    public RunFolder()
    {
        _alive = Lock(PathOf(Alive));
        foreach (string folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(IsLeft)) TryDelete(folder);
    }

    /// <summary>The path of a file in it.</summary>
    public string PathOf(string file) => Path.Combine(_path, file);

    /// <summary>Starts what takes the folder away when this process is killed. Root's rights are given up by now.</summary>
    public void Guard()
    {
        // In a session of its own, so that no signal of the terminal reaches it.
        var start = new ProcessStartInfo("setsid",
            ["--fork", ThisProgram.Path, InsideEntry.FolderGuardMark, $"{Environment.ProcessId}", _path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process? guard = Process.Start(start);
        }
        catch (Win32Exception)
        {
            // Without setsid (util-linux) it is the next run's task.
        }
    }

    /// <summary>What the guard does.</summary>
    /// <param name="run">The number of the run's process.</param>
    /// <param name="folder">Its folder.</param>
    public static int Watch(string run, string folder)
    {
        OtherProcess.WaitFor(run);
        if (Directory.Exists(folder)) TryDelete(folder);
        return ExitCode.Done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _alive.Dispose();
        if (TryDelete(_path) is { } problem) Console.Error.WriteLine($"trama: {_path}: {problem}");
    }

    // The kernel gives the lock back when a process ends, however it ends.
    private static FileStream Lock(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static bool IsLeft(string folder)
    {
        try
        {
            // What others put there is not followed, least of all by root.
            if (FileOwner.Of(folder) is not { IsLink: false } owner || owner.User != UserRights.Effective) return false;
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) < Young || !File.Exists(Path.Combine(folder, Alive))) return false;
            using FileStream free = Lock(Path.Combine(folder, Alive));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its run goes on.
            return false;
        }
    }

    private static string? TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
