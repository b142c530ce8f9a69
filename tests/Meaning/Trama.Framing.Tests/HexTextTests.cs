using System.Text;
using CsCheck;

namespace Trama.Framing.Tests;

public class HexTextTests
{
    [Theory]
    [InlineData(26, "1b 5b 32 4a 00 ff |.[2J..|")]
    [InlineData(25, "1b 5b 32 4a 00 |.[2J.|")]
    [InlineData(6, "1b |.|")]
    [InlineData(5, "")]
    [InlineData(-1, "")]
    public void A_line_has_as_many_bytes_as_fit(int columns, string expected) =>
        Assert.Equal(expected, HexText.Of([0x1b, 0x5b, 0x32, 0x4a, 0, 0xff], columns));

    [Fact]
    public void No_line_is_wider_than_asked_and_the_bytes_can_be_read_back() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 100]).Sample((bytes, columns) =>
        {
            string text = HexText.Of(bytes, columns);
            Assert.True(text.Length <= columns);
            byte[] read = Convert.FromHexString(text.Split('|')[0].Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal(bytes.AsSpan(0, read.Length).ToArray(), read);
        });

    [Fact]
    public void Rows_have_their_gutters_in_one_column() => Gen.Byte.Array[0, 100].Sample(bytes =>
    {
        var text = new StringBuilder();
        HexText.AppendRows(text, bytes);
        string[] rows = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((bytes.Length + HexText.PerRow - 1) / HexText.PerRow, rows.Length);
        Assert.All(rows, row => Assert.Equal('|', row[HexText.PerRow * 3 + 1]));
        Assert.DoesNotContain(text.ToString(), letter => letter is (< ' ' and not '\n') or > '~');
    });
}
