using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class TextLadderTests
{
    [Theory]
    [InlineData("lesson-80.en.txt", 80, Language.English, false)]
    [InlineData("lesson-80.pt.txt", 80, Language.Portuguese, false)]
    [InlineData("lesson-120.en.txt", 120, Language.English, false)]
    [InlineData("lesson-80.ascii.txt", 80, Language.English, true)]
    [InlineData("lesson-60.en.txt", 20, Language.English, false)]
    public void The_lesson_is_drawn(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Draw(TracedConnection.Lesson(), new TextOptions { Width = width, Language = language, Ascii = ascii }));

    [Theory]
    [InlineData("troubled-80.en.txt", 80, Language.English, false)]
    [InlineData("troubled-80.pt.txt", 80, Language.Portuguese, false)]
    [InlineData("troubled-120.ascii.txt", 120, Language.English, true)]
    public void Pauses_losses_and_a_reset_are_marked(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Draw(Samples.Troubled(), new TextOptions { Width = width, Language = language, Ascii = ascii }));

    [Theory]
    [InlineData(60, false)]
    [InlineData(80, true)]
    [InlineData(97, false)]
    [InlineData(120, true)]
    [InlineData(500, false)]
    public void No_line_is_wider_than_the_width(int width, bool ascii)
    {
        foreach (Connection connection in (Connection[])[TracedConnection.Lesson(), Samples.Troubled()])
        {
            string text = Draw(connection, new TextOptions { Width = width, Ascii = ascii });
            Assert.All(text.Split('\n'), line => Assert.InRange(TextWidth.Of(line), 0, width));
            if (ascii) Assert.True(System.Text.Ascii.IsValid(text));
        }
    }

    [Fact]
    public void Colour_adds_sequences_and_nothing_else()
    {
        string plain = Draw(Samples.Troubled(), new TextOptions());
        string coloured = Draw(Samples.Troubled(), new TextOptions { Colour = true });
        Assert.Contains("\e[1;36m", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Each_state_has_its_last_line()
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            var lines = new HashSet<string>();
            foreach (ConnectionState state in Enum.GetValues<ConnectionState>())
            {
                Connection connection = TracedConnection.Lesson();
                connection.State = state;
                Assert.True(lines.Add(new LadderWords(language).End(connection)));
            }
        }
    }

    private static string Draw(Connection connection, TextOptions options) => TextLadder.Draw(ConnectionLadder.Of(connection), options);
}
