using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Mcp.Answers;
using Trama.Reports.Findings;
using Trama.Rows;
using Trama.Rows.Tables;
using Trama.Tracing;

namespace Trama.Mcp.Reading;

/// <summary>The tables of a capture as Parquet files, in a folder that goes with them; what is withheld is not in them.</summary>
/// <param name="reading">Reads captures.</param>
/// <param name="disclosure">What is told.</param>
/// <param name="folder">The folder, which holds nothing else.</param>
/// <param name="packets">Whether packets are a table, too.</param>
internal sealed class CapturedTables(CaptureReading reading, Disclosure disclosure, string folder, bool packets) : IDisposable
{
    private readonly List<string> _files = [];

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
            foreach (string file in _files) File.Delete(file);
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // It is taken away already, or holds more than is known of here.
        }
    }

    private TableOutput Begin(TableSchema schema)
    {
        string file = Path.Combine(folder, schema.Name + RowFormat.Parquet.Extension);
        _files.Add(file);
        return disclosure.Before(RowFormat.Parquet.Begin(File.Create(file), schema), schema);
    }
}
