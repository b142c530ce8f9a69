using System.Text.RegularExpressions;
using Trama.Rows.Tables;

namespace Trama.Rows.Tests;

/// <summary>docs/rows.md names every table and column, and what it holds.</summary>
public class SchemaDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(TestData.Root, "docs", "rows.md"));

    public static TheoryData<string> Tables => [.. RowSchema.Tables.Select(table => table.Name)];

    [Theory, MemberData(nameof(Tables))]
    public void A_table_has_the_columns_that_its_chapter_names(string table)
    {
        string chapter = Regex.Split(s_document, @"^## ", RegexOptions.Multiline)
            .Single(part => part.StartsWith(table + "\n", StringComparison.Ordinal));
        IEnumerable<(string, string)> told = chapter.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')).SelectMany(cells => Regex.Matches(cells[1], "`(.+?)`")
                .Select(name => (name.Groups[1].Value, cells[2].Trim())));
        IEnumerable<(string, string)> have = RowSchema.Tables.Single(schema => schema.Name == table).Columns
            .Select(column => (column.Name, column.Kind.ToString().ToLowerInvariant()));
        Assert.Equal(have.Order(), told.Order());
    }

    [Fact]
    public void The_version_is_told() => Assert.Contains($"the version of these tables: **{RowSchema.Version}**", s_document);
}
