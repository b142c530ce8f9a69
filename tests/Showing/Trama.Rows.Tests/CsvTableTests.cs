using System.Text;
using CsCheck;
using Trama.Rows.Tables;

namespace Trama.Rows.Tests;

/// <summary>CSV holds the rows that Parquet holds, and nothing that a spreadsheet takes for a formula.</summary>
public class CsvTableTests
{
    private static readonly RowTable<(long? Number, bool? Flag, string? Text)> s_table =
        new RowTable<(long? Number, bool? Flag, string? Text)>("any")
            .Number("number", row => row.Number).Flag("flag", row => row.Flag).Text("text", row => row.Text);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData(" ＠SUM(A1)", "\"' ＠SUM(A1)\"")]
    [InlineData("  a=1", "  a=1")]
    [InlineData("＆1", "＆1")]
    [InlineData("a=1", "a=1")]
    public void A_text_is_written_so_that_it_stays_a_text(string text, string cell) =>
        Assert.Equal($"number,flag,text\r\n-5,true,{cell}\r\n,,\r\n", Write([(-5, true, text), (null, null, null)]));

    [Fact]
    public void Any_texts_are_read_back() =>
        Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char["=+-@,\"\r\n\t ;é＝"]), 1, 12].Array[1, 20].Sample(texts =>
        {
            string[][] rows = Read(Write([.. texts.Select(text => (default(long?), default(bool?), (string?)text))]));
            Assert.Equal(texts.Length + 1, rows.Length);
            for (int i = 0; i < texts.Length; i++)
            {
                string cell = rows[i + 1][2];
                string said = texts[i].TrimStart(' ');
                bool isFormula = said.Length > 0 && "=+-@\t\r\n＝".Contains(said[0], StringComparison.Ordinal);
                Assert.Equal(isFormula ? "'" + texts[i] : texts[i], cell);
            }
        });

    private static string Write((long?, bool?, string?)[] rows)
    {
        var file = new MemoryStream();
        using TableOutput output = RowFormat.Csv.Begin(file, s_table);
        foreach ((long?, bool?, string?) row in rows) s_table.Write(row, output);
        output.Complete("");
        return Encoding.UTF8.GetString(file.ToArray());
    }

    // RFC 4180 as it stands: a slow and obvious reader.
    private static string[][] Read(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted) cell.Append(text[i]);
            else if (text[i] is ',' or '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[i] == ',') continue;
                i++;
                rows.Add([.. row]);
                row.Clear();
            }
            else cell.Append(text[i]);
        }

        return [.. rows];
    }
}
