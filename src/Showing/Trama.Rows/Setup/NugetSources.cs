namespace Trama.Rows.Setup;

/// <summary>
/// The package sources that this machine is configured for, as NuGet finds them: in <c>nuget.config</c> of a folder and of those above it,
/// of the user, of the machine; the nearest counts, and <c>clear</c> ends the search.
/// </summary>
public static class NugetSources
{
    // What NuGet itself takes where nothing is configured.
    private const string Standard = "https://api.nuget.org/v3/index.json";

    private const long LargestFile = 1 << 20;

    /// <summary>The addresses of the sources that are not disabled, the nearest first: URLs, or folders.</summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="home">The user's home folder.</param>
    public static IReadOnlyList<string> Of(string folder, string home) => Of(Files(folder, home));

    /// <summary>The sources that configuration files name, the nearest file first.</summary>
    internal static IReadOnlyList<string> Of(IEnumerable<string> files)
    {
        var sources = new List<(string Name, string Address)>();
        var disabled = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        bool isCleared = false, isConfigured = false;
        foreach (string path in files.Where(path => File.Exists(path) && new FileInfo(path).Length <= LargestFile))
        {
            isConfigured = true;
            string section = "";
            bool clears = false;
            foreach (MarkupTag tag in MarkupTag.In(File.ReadAllText(path)))
            {
                if (tag.Name is "packageSources" or "disabledPackageSources") section = tag.IsEnd || tag.IsWhole ? "" : tag.Name;
                else if (section == "packageSources" && tag.Name == "clear") clears = true;
                else if (section == "packageSources" && tag.Name == "add") Add(sources, tag, path, isCleared);
                else if (section == "disabledPackageSources" && tag.Name == "add")
                    disabled.TryAdd(tag["key"], bool.TryParse(tag["value"], out bool off) && off);
            }

            isCleared |= clears;
        }

        if (!isConfigured) return [Standard];
        return [.. sources.Where(source => !disabled.GetValueOrDefault(source.Name)).Select(source => source.Address)];
    }

    private static void Add(List<(string Name, string Address)> sources, MarkupTag tag, string path, bool isCleared)
    {
        string name = tag["key"], address = tag["value"];
        if (isCleared || address.Length == 0) return;
        if (sources.Exists(source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) return;
        // A folder may be told relative to the file that names it.
        bool isUrl = address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        sources.Add((name, isUrl ? address : Path.GetFullPath(address, Path.GetDirectoryName(Path.GetFullPath(path))!)));
    }

    private static IEnumerable<string> Files(string folder, string home)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
            foreach (string name in (string[])["nuget.config", "NuGet.config", "NuGet.Config"])
                yield return Path.Combine(at, name);
        yield return Path.Combine(home, ".nuget", "NuGet", "NuGet.Config");
        yield return Path.Combine(home, ".config", "NuGet", "NuGet.Config");
        foreach (string config in Others(Path.Combine(home, ".nuget", "config"))) yield return config;
        foreach (string config in Others("/etc/opt/NuGet/Config")) yield return config;
    }

    private static IEnumerable<string> Others(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.config").Order(StringComparer.Ordinal) : [];
}
