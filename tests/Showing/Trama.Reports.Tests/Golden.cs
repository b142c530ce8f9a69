namespace Trama.Reports.Tests;

/// <summary>
/// Compares text with a file in <c>expected/</c>; with TRAMA_REFRESH_GOLDEN=1 in the environment, writes the file instead.
/// </summary>
internal static class Golden
{
    private static readonly string Folder = Path.Combine(TestData.Root, "tests", "Showing", "Trama.Reports.Tests", "expected");

    public static void Check(string name, string actual)
    {
        string path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("TRAMA_REFRESH_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: false);
    }
}
