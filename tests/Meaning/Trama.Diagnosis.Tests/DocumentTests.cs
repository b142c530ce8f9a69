namespace Trama.Diagnosis.Tests;

/// <summary>Tables of documents that are written from the code, and from what is known of captures.</summary>
public class DocumentTests
{
    [Fact]
    public void The_table_of_thresholds_is_that_of_the_code() =>
        Holds("docs/findings.md", "<!-- thresholds: written by the tests with TRAMA_REFRESH_GOLDEN=1 -->\n", "<!-- /thresholds -->\n",
            ThresholdTable.Write());

    [Fact]
    public void The_table_of_real_captures_is_what_is_known_of_them()
    {
        IEnumerable<string> rows = File.ReadLines(Path.Combine(TestData.Root, HealthyCaptureTests.Known)).Select(line =>
            $"| {line.Replace("\t", " | ")} |");
        string[] table = [rows.First(), "| --- | --- | --- | --- |", .. rows.Skip(1)];
        Holds("docs/diagnose.md", "<!-- real captures: written by the tests with TRAMA_REFRESH_GOLDEN=1 -->\n", "<!-- /real captures -->\n",
            string.Concat(table.Select(row => row + "\n")));
    }

    private static void Holds(string name, string before, string after, string table)
    {
        string path = Path.Combine(TestData.Root, name), document = File.ReadAllText(path);
        int begin = document.IndexOf(before, StringComparison.Ordinal) + before.Length,
            end = document.IndexOf(after, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("TRAMA_REFRESH_GOLDEN") == "1")
            File.WriteAllText(path, document = document[..begin] + table + document[end..]);
        Assert.Equal(table, document[begin..document.IndexOf(after, StringComparison.Ordinal)]);
    }
}
