using System.Globalization;
using System.Text;

namespace Trama.Rows.Metrics;

/// <summary>Metrics as Prometheus reads them (text format 0.0.4).</summary>
internal sealed class MetricText
{
    private readonly StringBuilder _text = new();

    /// <summary>What follows are samples of this metric.</summary>
    public void Begin(string name, string type, string help) =>
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <summary>A sample.</summary>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A label.</summary>
    public static string Label(string name, string value) => $"{name}=\"{value.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\"";

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
