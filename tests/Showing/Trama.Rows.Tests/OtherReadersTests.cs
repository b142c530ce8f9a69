using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Trama.Rows.Tests;

/// <summary>What is written as Parquet is the same to readers of three makers.</summary>
public class OtherReadersTests(InstalledDuckdb duckdb) : IClassFixture<InstalledDuckdb>
{
    private static readonly string[] s_tables = ["exchanges", "connections", "findings", "packets"];

    [Fact]
    public async Task Parquet_net_and_duckdb_read_the_same_rows()
    {
        int rows = 0;
        foreach (string path in Files())
        {
            string table = Path.GetFileName(Path.GetDirectoryName(path)!);
            List<string?[]> expected = await ExpectedAsync(path);
            Assert.Equal(expected, CollectedAnswer.To($"FROM {table}", path).Rows);
            rows += expected.Count;
        }

        Assert.True(rows > 1000);
    }

    [Fact]
    public async Task Parquet_net_and_pyarrow_read_the_same_rows()
    {
        const string script = """
            import json, sys
            import pyarrow.parquet
            for path in sys.argv[1:]:
                for row in pyarrow.parquet.ParquetFile(path).read().to_pylist():
                    print(json.dumps(list(row.values())))
            """;
        Assert.SkipUnless(await PythonAsync("import pyarrow") is not null, "python3 has no pyarrow (pip install pyarrow)");
        string[] files = [.. Files()];
        var expected = new List<string?[]>();
        foreach (string path in files) expected.AddRange(await ExpectedAsync(path));
        string lines = await PythonAsync(script, files) ?? throw new InvalidOperationException("pyarrow refuses a file");
        Assert.Equal(expected, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.EnumerateArray().Select(Text).ToArray()));
    }

    // Each in a folder that has the name of its table.
    private IEnumerable<string> Files()
    {
        foreach ((int number, string capture) in CapturesAtHand.All.Index().Where(capture => capture.Index % 6 == 0))
        {
            if (TracedRows.Of(capture, RowFormat.Parquet) is not { } traced) continue;
            foreach (string table in s_tables)
            {
                string path = Path.Combine(duckdb.Folder(table), string.Create(CultureInfo.InvariantCulture, $"{number}.parquet"));
                using (FileStream file = File.Create(path)) traced[table].CopyTo(file);
                yield return path;
            }
        }
    }

    private static async Task<List<string?[]>> ExpectedAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        return [.. (await ParquetRows.ReadAsync(file)).Select(row => row.Values.Select(Text).ToArray())];
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    // What it prints; null when it fails, or is not there.
    private static async Task<string?> PythonAsync(string script, params string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await errors;
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            return python.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
