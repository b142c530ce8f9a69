using System.Globalization;
using System.Text.Json;

namespace Trama.Rows.Tests;

/// <summary>Counts and percentiles that SQL answers are those of the lines of JSON, of every capture at hand.</summary>
public class SqlEqualityTests(InstalledDuckdb duckdb) : IClassFixture<InstalledDuckdb>
{
    private static readonly double[] s_shares = [0.5, 0.9, 0.95, 0.99];

    [Fact]
    public void Counts_and_percentiles_are_those_of_the_lines_of_json()
    {
        var files = new List<string>();
        var expected = new Dictionary<string, string?[]>();
        foreach ((int number, string path) in CapturesAtHand.All.Index())
        {
            if (TracedRows.Of(path, RowFormat.Parquet) is not { } traced) continue;
            string folder = duckdb.Folder($"{number:0000}");
            foreach (string table in (string[])["exchanges", "connections", "findings"])
            {
                files.Add(Path.Combine(folder, table + ".parquet"));
                using FileStream file = File.Create(files[^1]);
                traced[table].CopyTo(file);
            }

            if (Answer(traced) is { } answer) expected[Path.Combine(folder, "exchanges.parquet")] = answer;
        }

        string percentiles = string.Join(", ", ((string[])["serverNs", "totalNs", "networkNs"]).SelectMany(column =>
            s_shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"quantile_disc({column}, {share})"))));
        CollectedAnswer answers = CollectedAnswer.To($"""
            SELECT source, count(*), count(*) FILTER (failed), count(DISTINCT connection), sum(requestBytes), sum(replyBytes), {percentiles}
            FROM exchanges GROUP BY source
            """, files);
        Assert.True(expected.Count >= 100);
        Assert.Equal(expected.Keys.Order(), answers.Rows.Select(row => row[0]!).Order());
        foreach (string?[] row in answers.Rows) Assert.Equal(expected[row[0]!], row[1..]);
    }

    private static string?[]? Answer(TracedRows traced)
    {
        JsonElement[] exchanges = [.. traced.Lines.Where(line => line.GetProperty("type").GetString() == "exchange")];
        if (exchanges.Length == 0) return null;
        return
        [
            Text(exchanges.Length),
            Text(exchanges.Count(line => line.TryGetProperty("failed", out JsonElement failed) && failed.GetBoolean())),
            Text(exchanges.Select(line => line.GetProperty("connection").GetInt64()).Distinct().Count()),
            Sum(exchanges, "request"),
            Sum(exchanges, "reply"),
            .. ((string[])["serverNs", "totalNs", "networkNs"]).SelectMany(name => Percentiles(exchanges, name)),
        ];
    }

    private static string? Sum(JsonElement[] exchanges, string message)
    {
        long[] bytes = [.. exchanges.Where(line => line.TryGetProperty(message, out _))
            .Select(line => line.GetProperty(message).GetProperty("bytes").GetInt64())];
        return bytes.Length == 0 ? null : Text(bytes.Sum());
    }

    private static IEnumerable<string?> Percentiles(JsonElement[] exchanges, string name)
    {
        long[] values = [.. exchanges.Where(line => line.TryGetProperty(name, out _))
            .Select(line => line.GetProperty(name).GetInt64()).Order()];
        return s_shares.Select(share => values.Length == 0 ? null : Text(values[(int)Math.Ceiling(share * values.Length) - 1]));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
