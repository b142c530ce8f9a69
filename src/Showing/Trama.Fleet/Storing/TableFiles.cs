using Trama.Rows;
using Trama.Rows.Journals;

namespace Trama.Fleet.Storing;

/// <summary>Makes Parquet files of the rows of journals, one a table. They have other names until they are complete.</summary>
internal sealed class TableFiles : IDisposable
{
    private const string Unfinished = ".part";

    private readonly string _root;
    private readonly List<(StoredTable Schema, string File, FileStream Stream, MeasuredRows Rows)> _tables = [];

    /// <summary>Begins them.</summary>
    /// <param name="root">The folder that their paths are given below.</param>
    /// <param name="prefix">What their paths begin with.</param>
    /// <exception cref="IOException">They cannot be made.</exception>
    public TableFiles(string root, string prefix)
    {
        _root = root;
        try
        {
            foreach (StoredTable schema in StoredTable.All)
            {
                string file = $"{prefix}.{schema.Name}{RowFormat.Parquet.Extension}";
                FileStream stream = File.Create(Path.Combine(root, file + Unfinished));
                _tables.Add((schema, file, stream, new MeasuredRows(RowFormat.Parquet.Begin(stream, schema), schema)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Adds the rows of a journal, as far as it is whole.</summary>
    /// <param name="journal">The journal; closed.</param>
    public JournalEnd Add(Stream journal) => Journal.Read(journal, name =>
        _tables.Find(table => table.Schema.Name == name) is { Rows: { } rows, Schema: var schema } ? (schema, rows) : null);

    /// <summary>Completes them.</summary>
    /// <param name="keepsEmpty">Whether there is a file of a table without rows, too.</param>
    /// <exception cref="IOException">One cannot be written.</exception>
    public IReadOnlyList<StoredFile> Complete(bool keepsEmpty = false)
    {
        var complete = new List<StoredFile>();
        foreach ((StoredTable schema, string file, FileStream stream, MeasuredRows rows) in _tables)
        {
            if (rows.Count == 0 && !keepsEmpty) continue;
            rows.Complete(file);
            stream.Flush(flushToDisk: true);
            long bytes = stream.Length;
            File.Move(Path.Combine(_root, file + Unfinished), Path.Combine(_root, file), overwrite: true);
            complete.Add(new StoredFile(file, schema.Name, rows.Count, rows.FirstAt, rows.LastAt, bytes));
        }

        return complete;
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        foreach ((_, string file, _, MeasuredRows rows) in _tables)
        {
            rows.Dispose();
            File.Delete(Path.Combine(_root, file + Unfinished));
        }
    }
}
