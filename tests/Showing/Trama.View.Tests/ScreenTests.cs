using System.Text;
using CsCheck;
using Trama.Reports.Text;
using Trama.View.Screen;

namespace Trama.View.Tests;

/// <summary>Lines, and what a terminal is sent of them.</summary>
public class ScreenTests
{
    private static readonly TextOptions Plain = new(), Coloured = new() { Colour = true }, AsciiOnly = new() { Ascii = true };

    [Fact]
    public void Only_lines_that_differ_are_sent()
    {
        var update = new ScreenUpdate();
        Assert.Equal("\e[H\e[J\e[1H\e[Kone\e[2H\e[Ktwo", Sent("one", "two"));
        Assert.Equal("", Sent("one", "two"));
        Assert.Equal("\e[2H\e[Kthree", Sent("one", "three"));
        update.Forget();
        Assert.Equal("\e[H\e[J\e[1H\e[Kone\e[2H\e[Kthree", Sent("one", "three"));

        string Sent(params string[] lines) => Encoding.UTF8.GetString(update.Of(lines));
    }

    [Fact]
    public void A_line_is_never_wider_than_the_screen_and_moves_no_cursor()
    {
        Gen.Select(Gen.String, Gen.String, Gen.Int[1, 90]).Sample((one, other, width) =>
        {
            foreach (TextOptions options in (TextOptions[])[Plain, AsciiOnly])
            {
                string line = new Line(width, options).Add(one).Left(other, 7).Right(one, 9).AtEnd(other).ToString();
                Assert.True(TextWidth.Of(line) <= width, line);
                Assert.DoesNotContain(line, char.IsControl);
                if (options.Ascii) Assert.True(Ascii.IsValid(line));
            }
        });
    }

    [Fact]
    public void Columns_end_where_they_should()
    {
        Assert.Equal("abc   | 12 |…", new Line(20, Plain).Left("abc", 5).Add("|").Right("12", 3).Add("|").Add("…").ToString());
        Assert.Equal("abcd… end", new Line(9, Plain).Left("abcdefg", 5).Add("end").ToString());
        Assert.Equal("a       z", new Line(9, Plain).Add("a").AtEnd("z").ToString());
    }

    [Fact]
    public void A_selected_line_is_reversed_to_its_end_and_without_colours_of_its_own()
    {
        Assert.Equal("\e[7mab  \e[0m", new Line(4, Coloured, isSelected: true).Add("ab", TextStyle.Error).ToString());
        Assert.Equal("\e[1;31mab\e[0m", new Line(4, Coloured).Add("ab", TextStyle.Error).ToString());
    }

    [Theory]
    [InlineData("a\e[31m\u202eb\u009b2J\rc\nd\te\\x1b", "a\\x1b[31m\\u{202e}b\\u{9b}2J\\rc\\nd\\te\\x1b")]
    public void What_others_said_passes_the_door(string said, string shown) =>
        Assert.Equal(shown, new Line(100, Plain).Add(said).ToString());
}
