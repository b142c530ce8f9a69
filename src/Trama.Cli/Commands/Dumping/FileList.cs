using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Dumping;

/// <summary>Files that say what to do: the list of <c>-V</c> and the expression of <c>-F</c>.</summary>
internal static class FileList
{
    /// <summary>The paths in a list, one a line; empty lines do not count. <c>-</c> is standard input.</summary>
    /// <exception cref="UserError">It cannot be read, or is empty.</exception>
    public static IReadOnlyList<string> Read(string path, Language language)
    {
        string[] paths = [.. ReadLines(path, language).Where(line => line.Length > 0)];
        return paths.Length > 0 ? paths : throw new UserError(
            language.Pick($"{path}: no file is listed there", $"{path}: nenhum arquivo listado"));
    }

    /// <summary>The filter expression in a file; from <c>#</c> to the end of its line is a comment.</summary>
    /// <exception cref="UserError">It cannot be read.</exception>
    public static string ReadFilter(string path, Language language) =>
        string.Join('\n', ReadLines(path, language).Select(line => line.Split('#')[0])).Trim();

    private static string[] ReadLines(string path, Language language)
    {
        try
        {
            return path == "-" ? Console.In.ReadToEnd().Split('\n') : File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureErrors.Describe(CaptureException.FromFileError(path, error), language);
        }
    }
}
