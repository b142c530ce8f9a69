using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Tests;

public class ScrubbedCaptureTests
{
    private const ulong Seed = 20261128;

    [Theory, InlineData("captures/tcp"), InlineData("real"), InlineData("protocols"), InlineData("faults")]
    public void Exchanges_and_verdict_stay_and_words_go(string folder)
    {
        string root = TestData.Shared(folder);
        string output = Path.Combine(Path.GetTempPath(), $"trama-scrub-{Guid.NewGuid():N}.pcapng");
        List<string> wrong = [];
        try
        {
            foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(IsCapture).Order())
            {
                ScrubOutcome outcome = new Scrubber(ScrubKey.OfSeed(Seed)).Scrub(path, output, isPcapng: true, "test");
                string name = Path.GetRelativePath(root, path);
                if (outcome.Difference is { } difference) wrong.Add($"{name}: {difference}");
                string[] left = [.. SaidWords.Of(path, decrypts: true).LeftIn(SaidWords.Of(output, decrypts: false))];
                if (left.Length > 0) wrong.Add($"{name}: {string.Join(", ", left.Take(12))}");
            }
        }
        finally
        {
            File.Delete(output);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool IsCapture(string path) => path.EndsWith(".pcap", StringComparison.Ordinal)
        || path.EndsWith(".pcapng", StringComparison.Ordinal) || path.EndsWith(".cap", StringComparison.Ordinal)
        || path.EndsWith(".pcap.gz", StringComparison.Ordinal);
}
