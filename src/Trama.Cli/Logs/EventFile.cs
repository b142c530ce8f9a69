using System.CommandLine;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Logs;

/// <summary>The file of <c>--record</c>.</summary>
internal sealed class EventFile : IDisposable
{
    private readonly string _path;
    private readonly WholeLines _file;
    private readonly LogOutput _output;

    private EventFile(string path, WholeLines file, Action failed)
    {
        _path = path;
        _file = file;
        _output = new LogOutput(file, failed);
        Events = new JsonEvents(_output, TimeProvider.System);
    }

    /// <summary>What is written to it.</summary>
    public JsonEvents Events { get; }

    /// <summary>The option.</summary>
    public static Option<string?> Option(Language language) => new("--record")
    {
        Description = language.Pick(
            "Write every event to this file, messages and replies whole, one JSON object a line",
            "Grava cada evento neste arquivo, mensagens e respostas inteiras, um objeto JSON por linha"),
        HelpName = language.Pick("FILE", "ARQUIVO"),
    };

    /// <summary>Creates the file, which its owner alone may read.</summary>
    /// <param name="path">Its name; null for no file.</param>
    /// <param name="failed">Called when nothing more can be written.</param>
    /// <param name="language">The language of what is told.</param>
    /// <exception cref="CaptureException">It cannot be created.</exception>
    public static EventFile? Create(string? path, Action failed, Language language)
    {
        if (path is null) return null;
        SecretFiles.Protect(path, language);
        try
        {
            return new EventFile(
                path, new WholeLines(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)), failed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>Tells whether all was written.</summary>
    /// <exception cref="CaptureException">It was not.</exception>
    public void Check()
    {
        if (_output.Failure is { } failure) throw CaptureException.FromFileError(_path, failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
