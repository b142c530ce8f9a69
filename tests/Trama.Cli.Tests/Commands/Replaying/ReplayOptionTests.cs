using System.CommandLine;
using System.Globalization;
using CsCheck;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Loading;
using Trama.Cli.Commands.Replaying;
using Trama.Replay;
using Trama.Replay.Sending;
using Trama.Reports;

namespace Trama.Cli.Tests.Commands.Replaying;

/// <summary>The options of a replay, whatever people write.</summary>
public class ReplayOptionTests
{
    private static readonly Gen<string> Word = Gen.Char["abcXYZ09_. é×"].Array[1, 12].Select(letters => new string(letters));

    [Fact]
    public void A_factor_is_read_as_it_is_written() => Gen.Double[0.001, 1e6].Sample(factor =>
    {
        string text = factor.ToString("0.######", CultureInfo.InvariantCulture);
        double expected = double.Parse(text, CultureInfo.InvariantCulture);
        foreach (string sign in (string[])["×", "x"])
        {
            Assert.Equal(new Pace(expected), Pace.Parse(sign + text));
            Assert.Equal(new LoadRate(null, expected), LoadRate.Parse(sign + text));
        }
    });

    [Fact]
    public void What_is_no_pace_is_none_and_what_is_one_takes_no_negative_time() => Gen.String.Sample(text =>
    {
        if (Pace.Parse(text) is not { } pace) return;
        Assert.True(pace.Factor >= 0 && double.IsFinite(pace.Factor));
        Assert.True(pace.Of(long.MaxValue) >= TimeSpan.Zero && pace.Of(-1) == TimeSpan.Zero);
    });

    [Fact]
    public void A_text_is_replaced_by_all_that_stands_behind_the_first_sign() => Gen.Select(Word, Gen.String).Sample((old, other) =>
    {
        RequestEdits edits = Read("--rewrite", $"{old}={other}");
        Assert.Equal([(old, other)], edits.Rewrites);
        Assert.False(edits.IsEmpty);
    });

    [Fact]
    public void A_field_is_set_to_all_that_stands_behind_the_first_sign() => Gen.Select(Word, Gen.String).Sample((name, value) =>
        Assert.Equal([(name, (string?)value)], Read("--set", $"header:{name}={value}").Headers));

    [Theory]
    [InlineData("--rewrite", "=new")]
    [InlineData("--rewrite", "nothing")]
    [InlineData("--set", "header:=x")]
    [InlineData("--set", "header:name")]
    [InlineData("--set", "name=value")]
    [InlineData("--carry", "sessions")]
    public void What_changes_nothing_that_is_known_is_refused(string option, string value) =>
        Assert.NotEmpty(Parsed(out _, option, value).Errors);

    [Fact]
    public void Several_stay_in_their_order() => Word.Array[1, 6].Sample(words =>
    {
        string[] line = [.. words.SelectMany((word, index) => new[] { "--rewrite", $"{word}={index}" })];
        Assert.Equal(words.Select((word, index) => (word, $"{index}")), Read(line).Rewrites);
    });

    [Fact]
    public void Cookies_are_carried_where_that_is_asked_for() => Assert.True(Read("--carry", "cookie").CarriesCookies);

    private static RequestEdits Read(params string[] line)
    {
        ParseResult parse = Parsed(out EditOptions edits, line);
        Assert.Empty(parse.Errors);
        return edits.Read(parse);
    }

    private static ParseResult Parsed(out EditOptions edits, params string[] line)
    {
        var command = new BilingualCommand(Language.English, "send", "");
        Option<string> replay = command.Value("--replay", "FILE", "", "");
        edits = new EditOptions(command, Language.English, replay);
        // Nothing is written in a file, and nothing stands for something else.
        var settings = new ParserConfiguration { ResponseFileTokenReplacer = null };
        return command.Parse(["--replay", "file", .. line], settings);
    }
}
