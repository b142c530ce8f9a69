namespace Trama.Reports.Tests.Fuzz;

/// <summary>The captures at hand that are not large, and those of them that were taken at both ends.</summary>
internal static class CaptureSeeds
{
    private const int Largest = 100_000;

    /// <summary>Reads their first packets.</summary>
    public static (SpoiledCapture[] Alone, (SpoiledCapture Client, SpoiledCapture Server)[] Pairs) Read()
    {
        var alone = new List<SpoiledCapture>();
        var pairs = new List<(SpoiledCapture, SpoiledCapture)>();
        string[] folders = [TestData.Shared("faults"), TestData.Shared("captures"), TestData.Shared("protocols"),
            Path.Combine(TestData.Root, "tests/data/attacks")];
        foreach (string path in folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path) is not (".pcap" or ".pcapng") || new FileInfo(path).Length > Largest
                || SpoiledCapture.Of(path) is not { } seed) continue;
            alone.Add(seed);
            string server = Path.Combine(Path.GetDirectoryName(path)!, "server.pcap");
            if (Path.GetFileName(path) == "client.pcap" && File.Exists(server) && SpoiledCapture.Of(server) is { } other)
                pairs.Add((seed, other));
        }

        return ([.. alone], [.. pairs]);
    }
}
