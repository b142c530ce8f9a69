namespace Trama.Diagnosis.Tests;

public class DocumentTests
{
    private const string Begin = "<!-- thresholds: written by the tests with TRAMA_REFRESH_GOLDEN=1 -->\n";
    private const string End = "<!-- /thresholds -->\n";

    private static readonly string s_path = Path.Combine(TestData.Root, "docs/findings.md");

    [Fact]
    public void The_table_of_thresholds_is_that_of_the_code()
    {
        string document = File.ReadAllText(s_path), table = ThresholdTable.Write();
        int begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = document.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("TRAMA_REFRESH_GOLDEN") == "1") File.WriteAllText(
            s_path, document = document[..begin] + table + document[end..]);
        Assert.Equal(table, document[begin..document.IndexOf(End, StringComparison.Ordinal)]);
    }
}
