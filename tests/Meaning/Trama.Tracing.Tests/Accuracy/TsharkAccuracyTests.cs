namespace Trama.Tracing.Tests.Accuracy;

public class TsharkAccuracyTests
{
    private const string KnownDifferences = "tests/Meaning/Trama.Tracing.Tests/Accuracy/known-differences.tsv";

    [Fact]
    public void Connections_counters_and_streams_are_those_of_tshark_but_for_the_known_differences()
    {
        string folder = TestData.Shared("captures/tcp");
        var found = new List<string>();
        foreach (string conversations in Directory.EnumerateFiles(folder, "*.conv.json").Order(StringComparer.Ordinal))
        {
            string capture = conversations[..^".conv.json".Length];
            RecordedTrace trace = RecordedTrace.Of(capture);
            Assert.Equal(trace.Connections.Count, trace.EndedConnections);
            found.AddRange(TsharkComparison.Differences(trace, capture).Select(line => $"{Path.GetFileName(capture)}\t{line}"));
        }

        string[] known = [.. File.ReadLines(Path.Combine(TestData.Root, KnownDifferences)).Skip(1)
            .Where(line => File.Exists(Path.Combine(folder, line.Split('\t')[0])))];
        // Each has its reason in the last column.
        Assert.All(known, line => Assert.True(line.Split('\t') is [_, _, _, _, _, { Length: > 0 }], line));
        string[] expected = [.. known.Select(line => line[..line.LastIndexOf('\t')])];
        if (!found.SequenceEqual(expected)) Assert.Fail(
            $"new: {string.Join('\n', found.Except(expected))}\ngone: {string.Join('\n', expected.Except(found))}");
    }
}
