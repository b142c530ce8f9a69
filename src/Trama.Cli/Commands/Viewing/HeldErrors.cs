using System.Text;

namespace Trama.Cli.Commands.Viewing;

/// <summary>What is told on standard error while a view fills the terminal: the latest line is shown in the view, and all are written
/// when it is over.</summary>
internal sealed class HeldErrors : TextWriter
{
    private const int MostKept = 100;

    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();
    private string? _latest;

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        // Whole lines alone are told here.
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            _lines.Enqueue(_latest = value ?? "");
            if (_lines.Count > MostKept) _lines.Dequeue();
        }
    }

    /// <summary>The latest line since this was asked last; null for none.</summary>
    public string? TakeLatest()
    {
        lock (_lock)
        {
            string? latest = _latest;
            _latest = null;
            return latest;
        }
    }

    /// <summary>Writes all lines.</summary>
    public void WriteTo(TextWriter output)
    {
        lock (_lock)
        {
            foreach (string line in _lines) output.WriteLine(line);
            _lines.Clear();
        }
    }
}
