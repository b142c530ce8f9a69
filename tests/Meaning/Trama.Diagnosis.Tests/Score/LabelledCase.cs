using System.Text.Json;

namespace Trama.Diagnosis.Tests.Score;

/// <summary>One capture whose cause is known, as its truth.json tells it: see ../shared/faults/README.md.</summary>
internal sealed record LabelledCase(string Name, string Label, string Kind, string Vantage, string Capture)
{
    /// <summary>The name of the table of strangers' captures.</summary>
    public const string WildTable = "TRUTH.tsv";

    /// <summary>The vantage point that stands for both captures together: cause and party have to be the true ones.</summary>
    public const string Both = "both";

    /// <summary><c>direct</c>, <c>indirect</c> or <c>none</c>.</summary>
    public required string Visibility { get; init; }

    /// <summary>The right answers, best first; empty when nothing shows.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Who may be named, the true one first.</summary>
    public required IReadOnlyList<string> Parties { get; init; }

    /// <summary>What no finding of warning or above may be.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];

    /// <summary>What is done to the capture before it is judged; null for nothing.</summary>
    public Distortion? Distortion { get; init; }

    /// <summary>The captures of strangers that a table beside them labels: see ../shared/real/README.md.</summary>
    public static IEnumerable<LabelledCase> Wild(string folder)
    {
        foreach (string line in File.ReadLines(Path.Combine(folder, WildTable)).Skip(1))
        {
            if (line.Split('\t') is not [var file, _, var causes, var parties, var never, ..]) continue;
            string capture = Path.Combine(folder, file);
            if (!File.Exists(capture)) continue;
            yield return new LabelledCase(file, causes, "", "wild", capture)
            {
                Visibility = "direct",
                Labels = [.. causes.Split(' ').Select(cause => cause == "-" ? ScoredCase.Clean : cause)],
                Parties = parties.Split(' '),
                Never = never.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            };
        }
    }

    /// <summary>Every case below a folder, from the vantage points asked for.</summary>
    public static IEnumerable<LabelledCase> Below(string folder, params string[] vantages)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "truth.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(path));
            string directory = Path.GetDirectoryName(path)!;
            foreach (string vantage in vantages)
            {
                JsonElement root = truth.RootElement;
                if (vantage == Both)
                {
                    string label = Text(root, "label"), party = Text(root, "party");
                    yield return new LabelledCase(Path.GetRelativePath(folder, directory), label, Text(root, "kind"), vantage, directory)
                    {
                        Visibility = "direct",
                        Labels = party == "none" ? [label, ScoredCase.Clean] : [label],
                        Parties = [party],
                    };
                    continue;
                }

                JsonElement expected = root.GetProperty("expected").GetProperty(vantage);
                yield return new LabelledCase(
                    Path.GetRelativePath(folder, directory), Text(root, "label"), Text(root, "kind"), vantage,
                    Path.Combine(directory, vantage + ".pcap"))
                {
                    Visibility = Text(expected, "visibility"),
                    Labels = List(expected, "labels"),
                    Parties = List(expected, "parties"),
                };
            }
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string[] List(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];
}
