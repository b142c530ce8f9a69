using System.Globalization;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// What the packets of a command's own network do not tell: its connections by Unix sockets, and the programs that would become another
/// user elsewhere.
/// </summary>
internal sealed class InsideLooks : IDisposable
{
    private const int MostProcesses = 4096;

    private readonly int _process;
    private readonly Action<string> _setuid;
    private readonly HashSet<string> _told = [];
    private readonly RepeatedLook _looks;

    /// <summary>Begins to look.</summary>
    /// <param name="process">The command's process.</param>
    /// <param name="name">The command's first word.</param>
    /// <param name="setuid">Told once of each program with the setuid bit: at once of the command's, else by a thread of its own.</param>
    public InsideLooks(int process, string name, Action<string> setuid)
    {
        (_process, _setuid) = (process, setuid);
        Tell(SetuidProgram.Named(name));
        _looks = new RepeatedLook(Look);
    }

    /// <summary>The connections; for other threads after <see cref="Dispose"/>.</summary>
    public SeenUnixSockets UnixSockets { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _looks.Dispose();

    private void Look()
    {
        UnixSockets.Add(UnixFile.Connections(_process), holders: null);
        var processes = new Queue<int>([_process]);
        for (int seen = 0; seen < MostProcesses && processes.TryDequeue(out int process); seen++)
        {
            Tell(SetuidProgram.Of(process));
            foreach (int child in Children(process)) processes.Enqueue(child);
        }
    }

    private void Tell(string? path)
    {
        if (path is not null && _told.Add(path)) _setuid(path);
    }

    private static int[] Children(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
