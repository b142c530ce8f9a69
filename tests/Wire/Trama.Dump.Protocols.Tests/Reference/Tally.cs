using System.Globalization;
using System.Text;

namespace Trama.Dump.Protocols.Tests.Reference;

/// <summary>Counts identical files and lines for each group and variant.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<(string Variant, string Group), Counts> _counts = [];

    public void Add(Comparison comparison)
    {
        var key = (comparison.Variant.Name, comparison.Group);
        Counts counts = _counts.GetValueOrDefault(key);
        _counts[key] = new Counts(
            counts.Files + 1, counts.SameFiles + (comparison.IsIdentical ? 1 : 0),
            counts.Lines + comparison.ExpectedLines.Length, counts.SameLines + comparison.CountIdenticalLines());
    }

    /// <summary>The counts as a Markdown table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("| options | group | identical files | identical lines |\n| --- | --- | --- | --- |\n");
        foreach (var ((variant, group), counts) in _counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `-{variant}` | {group} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Share(counts.SameFiles, counts.Files)} | "
                + $"{Share(counts.SameLines, counts.Lines)} |\n");
        }

        return text.ToString();
    }

    private static string Share(int part, int whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{part} of {whole} ({Math.Floor(1000.0 * part / Math.Max(whole, 1)) / 10:0.0} %)");

    private readonly record struct Counts(int Files, int SameFiles, int Lines, int SameLines);
}
