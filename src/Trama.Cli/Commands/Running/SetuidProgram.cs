namespace Trama.Cli.Commands.Running;

/// <summary>Programs that become another user as they begin, and within a network of the command's own do not.</summary>
internal static class SetuidProgram
{
    /// <summary>The path of the program of a process, when it has the setuid bit; else null, also when the process is gone.</summary>
    public static string? Of(int process)
    {
        string link = $"/proc/{process}/exe";
        try
        {
            return Is(link) ? new FileInfo(link).LinkTarget : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where a command's first word leads, when that has the setuid bit; else null.</summary>
    /// <param name="name">A path, or a name to be looked for in PATH.</param>
    public static string? Named(string name)
    {
        string[] folders = name.Contains('/', StringComparison.Ordinal) ? [""]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string? path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is not null && Is(path) ? path : null;
    }

    private static bool Is(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.SetUser) != 0;
}
