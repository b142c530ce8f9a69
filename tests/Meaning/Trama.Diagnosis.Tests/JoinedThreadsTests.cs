using Trama.Diagnosis.Tests.Score;

namespace Trama.Diagnosis.Tests;

/// <summary>What two captures show does not depend on how many threads look.</summary>
public class JoinedThreadsTests
{
    [Fact]
    public void Two_captures_show_the_same_to_any_number_of_threads()
    {
        string[] folders = [.. Directory.EnumerateFiles(TestData.Shared("faults"), "server.pcap", SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!).Order(StringComparer.Ordinal)
            .DistinctBy(Path.GetDirectoryName)];
        Assert.NotEmpty(folders);
        int found = 0;
        foreach (string folder in folders)
        {
            string alone = Told(ScoredCase.DiagnoseBoth(folder));
            found += alone.Length == 0 ? 0 : 1;
            foreach (int threads in (int[])[1, 2, 8]) Assert.Equal(alone, Told(ScoredCase.DiagnoseBoth(folder, threads)));
        }

        Assert.True(found > folders.Length / 2);
    }

    private static string Told(CaptureDiagnosis diagnosis) => string.Join('\n', diagnosis.Connections.Select(connection =>
        $"{connection.Id} {connection.Client} {connection.Server} {connection.State} {string.Join(' ', connection.Excerpt)} "
            + string.Join("; ", connection.Findings.Select(ScoredCase.Describe))));
}
