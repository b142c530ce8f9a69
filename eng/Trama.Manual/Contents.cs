namespace Trama.Manual;

/// <summary>The documents in the order in which they are offered; a translation stands in the place of what it translates.</summary>
internal static class Contents
{
    /// <summary>Groups of documents, each with its name in English and in Portuguese.</summary>
    public static IReadOnlyList<(string English, string Portuguese, string[] Documents)> Groups { get; } =
    [
        ("First steps", "Primeiros passos", ["README.md", "docs/course/course.md", "docs/cookbook.md", "docs/packages.md"]),
        ("Be a side", "Ser um lado", ["docs/peers.md", "docs/relay.md", "docs/replay.md", "docs/load.md"]),
        ("See", "Ver", ["docs/dump.md", "docs/trace.md", "docs/timing.md", "docs/framing.md", "docs/tls.md", "docs/run.md", "docs/ps.md",
            "docs/web.md", "docs/view.md"]),
        ("Judge", "Julgar", ["docs/diagnose.md", Explanations.Path, "docs/findings.md", "docs/two-captures.md", "docs/lab.md",
            "docs/again.md", "docs/testing.md", "docs/mcp.md"]),
        ("Keep", "Guardar", ["docs/scrub.md", "docs/rows.md", "docs/watch.md", "docs/fleet.md"]),
        ("The project", "O projeto", ["CHANGELOG.md", "CONTRIBUTING.md", "docs/performance.md", "docs/decisions.md", "docs/again-score.md",
            "THIRD-PARTY.md"]),
    ];

    /// <summary>The documents of a clone, in that order, each followed by its translation where it has one.</summary>
    /// <exception cref="ManualException">A document has no place, or a place has no document.</exception>
    public static IReadOnlyList<string> Find(string root)
    {
        string docs = Path.Combine(root, "docs");
        string[] there = [.. Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories)).Select(path => Path.GetRelativePath(root, path))
            .Concat(Explanations.Documents.Keys)];
        string[] ordered = [.. Groups.SelectMany(group => group.Documents)
            .SelectMany(path => there.Contains(Document.Translated(path)) ? [path, Document.Translated(path)] : (string[])[path])];
        if (there.Except(ordered).FirstOrDefault() is { } placeless) throw new ManualException($"{placeless}: not in the contents");
        if (ordered.Except(there).FirstOrDefault() is { } missing) throw new ManualException($"{missing}: not there");
        return ordered;
    }
}
