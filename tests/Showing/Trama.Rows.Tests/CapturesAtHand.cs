namespace Trama.Rows.Tests;

/// <summary>Every capture at hand.</summary>
internal static class CapturesAtHand
{
    /// <summary>Their paths, in order.</summary>
    public static IEnumerable<string> All => ((string[])["lesson", "captures", "protocols", "faults", "attacks"])
        .SelectMany(folder => Directory.EnumerateFiles(TestData.Shared(folder), "*.pcap*", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);
}
