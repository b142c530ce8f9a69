using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Mcp.Answers;
using Trama.Reports.Findings;
using Trama.Rows;
using Trama.Rows.Tables;
using Trama.Tracing;

namespace Trama.Mcp.Reading;

/// <summary>The tables of a capture as Parquet files, in a folder that goes with them; what is withheld is not in them.</summary>
internal sealed class CapturedTables(CaptureReading reading, Disclosure disclosure, bool packets) : IDisposable
{
    private readonly List<string> _files = [];

    // Made for its owner alone.
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-").FullName;

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Traces a capture into them.</summary>
    /// <exception cref="UserError">It is no capture of the folder.</exception>
    public void Trace(string name, Answer answer, CallTime time)
    {
        using var sink = new RowSink(Begin, packets, disclosure.Text);
        var judged = new JudgedConnections { Report = sink };
        CaptureTotals totals = reading.Read(name, Diagnoser.Options with { KeepWords = true }, judged, answer, time);
        sink.Complete(judged.Diagnoser.Conclude(totals));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Somebody else took it away.
        }
    }

    private TableOutput Begin(TableSchema schema)
    {
        string file = Path.Combine(_folder, schema.Name + RowFormat.Parquet.Extension);
        _files.Add(file);
        return disclosure.Before(RowFormat.Parquet.Begin(File.Create(file), schema), schema);
    }
}
