namespace Trama.Testing.Snapshots;

/// <summary>A conversation as it should be, in a file beside the test.</summary>
/// <param name="source">The test's source file.</param>
/// <param name="method">The test's method.</param>
internal sealed class Snapshot(string source, string method)
{
    /// <summary>Compares a conversation with the file, and writes it beside when it is not the same.</summary>
    /// <returns>What is different; null when nothing is.</returns>
    public string? Compare(string text)
    {
        string verified = PathOf("verified"), received = PathOf("received");
        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == text)
        {
            File.Delete(received);
            return null;
        }

        File.WriteAllText(received, text);
        string next = $"when {received} is right, rename it to {Path.GetFileName(verified)}";
        return expected is null ? $"there is no {verified}: {next}" : $"{Difference(expected.Split('\n'), text.Split('\n'))}; {next}";
    }

    private string PathOf(string kind) =>
        Path.Combine(Path.GetDirectoryName(source)!, $"{Path.GetFileNameWithoutExtension(source)}.{method}.{kind}.txt");

    private static string Difference(string[] expected, string[] found)
    {
        int line = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        string At(string[] lines) => line < lines.Length ? $"'{lines[line]}'" : "its end";
        return $"line {line + 1} of the conversation should be {At(expected)} and is {At(found)}";
    }
}
