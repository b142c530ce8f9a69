using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Tests;

public class ScrubbedCaptureTests
{
    private const ulong Seed = 20261128;

    // What Trama cannot tell from structure, with the reason: a word that a binary protocol's bytes happen to spell.
    private static readonly Dictionary<string, string[]> Spelled = [];

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
                SaidWords before = SaidWords.Of(path), after = SaidWords.Of(output);
                after.Words.IntersectWith(before.Words);
                after.Words.ExceptWith(Spelled.GetValueOrDefault(name, []));
                after.Addresses.IntersectWith(before.Addresses);
                if (after.Words.Count > 0) wrong.Add($"{name}: words {string.Join(' ', after.Words.Take(12))}");
                if (after.Addresses.Count > 0) wrong.Add($"{name}: addresses {string.Join(' ', after.Addresses)}");
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
