using Trama.Captures;
using Trama.Rows;
using Trama.Rows.Tables;

namespace Trama.Cli.Reporting;

/// <summary>
/// A folder for tables. They have other names until they are complete: who finds one by its own name can read it, and those that were
/// there before stay until then.
/// </summary>
internal sealed class RowFolder : IDisposable
{
    private const string Unfinished = ".part";

    private readonly string _path;
    private readonly RowFormat _format;
    private readonly List<string> _files = [];

    /// <summary>Makes the folder, unless it is there.</summary>
    /// <exception cref="CaptureException">It cannot be made.</exception>
    public RowFolder(string path, RowFormat format)
    {
        (_path, _format) = (path, format);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>Begins a table.</summary>
    /// <exception cref="CaptureException">Its file cannot be made.</exception>
    public TableOutput Begin(TableSchema schema)
    {
        string file = Path.Combine(_path, schema.Name + _format.Extension);
        _files.Add(file);
        return _format.Begin(new ReportFile(file + Unfinished), schema);
    }

    /// <summary>Which of the tables is there from an earlier time, and none of these; null for none.</summary>
    public string? Leftover => RowSchema.Tables.Select(table => Path.Combine(_path, table.Name + _format.Extension))
        .FirstOrDefault(file => !_files.Contains(file) && File.Exists(file));

    /// <summary>The tables are complete: gives them their names.</summary>
    /// <exception cref="CaptureException">One cannot be given its name.</exception>
    public void Keep()
    {
        foreach (string file in _files)
        {
            try
            {
                File.Move(file + Unfinished, file, overwrite: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw CaptureException.FromFileError(file, error);
            }
        }
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        foreach (string file in _files) File.Delete(file + Unfinished);
    }
}
